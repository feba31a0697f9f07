import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { openapi } from './openapi.js';
import { routes } from './routes.js';

const document = JSON.parse(JSON.stringify(openapi('0.1.0')));

test('the document is OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
});

test('a document without its info is noticed', async () => {
  const { info: _, ...broken } = structuredClone(document);
  expect((await new Validator().validate(broken)).valid).toBe(false);
});

test('every door is in the document, with its permission and its answers', () => {
  for (const [name, { method, path, permission, answers }] of Object.entries(routes)) {
    const operation = document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
    expect(operation?.operationId).toBe(name);
    expect(operation['x-permission']).toBe(permission);
    expect(Object.keys(operation.responses)).toEqual([...Object.keys(answers), 'default']);
  }
});

test('the document has no door that the table does not have', () => {
  const operations = Object.values<object>(document.paths).flatMap((item) => Object.keys(item));
  expect(operations).toHaveLength(Object.keys(routes).length);
});

test('every reference leads somewhere', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target!);
  expect(references.length).toBeGreaterThan(40);
  for (const target of references) {
    expect(target).toMatch(/^#\/components\/schemas\/\w+$/);
    expect(document.components.schemas).toHaveProperty(target.split('/').at(-1)!);
  }
});

test('a password is told to be asked for and never to be answered', () => {
  expect(JSON.stringify(document.components.schemas.VcenterRequest)).toContain('password');
  for (const answer of ['VcenterStatus', 'VcenterProbe', 'SessionInfo', 'EnrollTokenInfo', 'Welcome'])
    expect(JSON.stringify(document.components.schemas[answer])).not.toMatch(/password|"key"|"token"/);
});
