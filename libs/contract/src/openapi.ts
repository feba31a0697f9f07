import { z } from 'zod';
import {
  EnrollReceipt,
  EnrollRequest,
  EnrollTokenCreated,
  EnrollTokenInfo,
  EnrollTokenRequest,
  LoginRequest,
  type Permission,
  SessionInfo,
  SetupRequest,
  Welcome,
} from './access.js';
import { Change } from './change.js';
import { FeedImport, FeedStatus } from './feeds.js';
import { FindingGroup, FindingUpdate, FindingWork } from './finding-work.js';
import { FleetSnapshot, HostSummary, TrendPoint, VcenterStatus } from './fleet.js';
import {
  ChangeWindow,
  ChangeWindowRequest,
  GateOverride,
  GateOverrideRequest,
  HostGate,
  OverrideList,
  Preflight,
  WindowGates,
} from './gate.js';
import { HostDetail, VmsInReach } from './host-detail.js';
import { Problem } from './problem.js';
import { ProxyReport, ReportReceipt } from './proxy-report.js';
import { csrfHeader, type Route, routes } from './routes.js';
import { SiteConstantRequest, SitePolicy } from './site-policy.js';
import { RvtoolsReceipt, StorageDatastoreDetail, StorageOrphans, StoragePage, VolumeCopy } from './storage.js';
import { VcenterGaps, VcenterProbe, VcenterRequest } from './vcenter.js';
import { WeeklyListItem, WeeklyReport } from './weekly.js';

type Json = Record<string, unknown>;

/** Schemas that have a name in the document; the rest stands where it is used. */
const named = {
  Change,
  ChangeWindow,
  ChangeWindowRequest,
  EnrollReceipt,
  EnrollRequest,
  EnrollTokenCreated,
  EnrollTokenInfo,
  EnrollTokenRequest,
  FeedImport,
  FeedStatus,
  FindingGroup,
  FindingUpdate,
  FindingWork,
  FleetSnapshot,
  GateOverride,
  GateOverrideRequest,
  HostDetail,
  HostGate,
  HostSummary,
  LoginRequest,
  OverrideList,
  Preflight,
  Problem,
  ProxyReport,
  ReportReceipt,
  RvtoolsReceipt,
  SessionInfo,
  SetupRequest,
  SiteConstantRequest,
  SitePolicy,
  StorageDatastoreDetail,
  StorageOrphans,
  StoragePage,
  TrendPoint,
  VcenterGaps,
  VcenterProbe,
  VcenterRequest,
  VcenterStatus,
  VmsInReach,
  VolumeCopy,
  WeeklyListItem,
  WeeklyReport,
  Welcome,
  WindowGates,
};

/**
 * The OpenAPI 3.1 document of the route table. Schemas are JSON Schema 2020-12 of what is on the wire: where the
 * contract transforms a value after reading it, the document tells the value before.
 */
export function openapi(version: string): Json {
  const names = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) names.add(schema, { id });
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries(routes)) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route, names) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Lunwarden', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    paths,
    components: { schemas: components(names), securitySchemes },
  };
}

type Names = ReturnType<typeof z.registry<{ id: string }>>;

const uriOf = (id: string): string => `#/components/schemas/${id}`;

function components(names: Names): Json {
  const { schemas } = z.toJSONSchema(names, { io: 'input', uri: uriOf });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, bare(schema)]));
}

/** Without the keywords that only a document of its own has. */
function bare({ $schema, $id, ...schema }: Json): Json {
  return schema;
}

function schemaOf(schema: z.ZodType, names: Names): Json {
  const id = names.get(schema)?.id;
  if (id !== undefined) return { $ref: uriOf(id) };
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodType)
    return { type: 'array', items: schemaOf(schema.element, names) };
  return bare(z.toJSONSchema(schema, { io: 'input' }));
}

const problem = { 'application/problem+json': { schema: { $ref: uriOf('Problem') } } };

const securitySchemes = {
  session: { type: 'apiKey', in: 'cookie', name: '__Host-lw_sid', description: 'Plain http: `lw_sid`.' },
  hostKey: { type: 'http', scheme: 'bearer', description: '`lwa_…`, given to a host when it enrols.' },
};

function security(permission: Permission): Json[] {
  switch (permission) {
    case 'public':
    case 'setup':
    case 'agent:enroll':
      return [];
    case 'agent:report':
      return [{ hostKey: [] }];
    default:
      return [{ session: [] }];
  }
}

function operation(operationId: string, route: Route, names: Names): Json {
  const responses = Object.entries(route.answers).map(([status, answer]) => [status, response(answer, names)]);
  return {
    operationId,
    summary: route.summary,
    security: security(route.permission),
    'x-permission': route.permission,
    parameters: [
      ...parameters('path', route.params, names),
      ...parameters('query', route.query, names),
      ...csrf(route),
    ],
    ...requestBody(route, names),
    responses: {
      ...Object.fromEntries(responses),
      default: { description: 'Refused or failed; `code` is stable.', content: problem },
    },
  };
}

function requestBody({ body, upload }: Route, names: Names): Json {
  const json = body === undefined ? [] : [['application/json', { schema: schemaOf(body, names) }]];
  const files = (upload ?? []).map((type) => [type, { schema: { type: 'string', format: 'binary' } }]);
  const content = Object.fromEntries([...json, ...files]);
  return Object.keys(content).length === 0 ? {} : { requestBody: { required: true, content } };
}

function response(answer: Route['answers'][number], names: Names): Json {
  if (answer === null || answer === undefined) return { description: 'Done' };
  if (typeof answer === 'string')
    return { description: 'A file', content: { [answer]: { schema: { type: 'string' } } } };
  return { description: 'Done', content: { 'application/json': { schema: schemaOf(answer, names) } } };
}

function parameters(where: 'path' | 'query', schema: z.ZodObject | undefined, names: Names): Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, value]) => ({
    name,
    in: where,
    required: where === 'path' || !z.safeParse(value, undefined).success,
    schema: schemaOf(value, names),
  }));
}

/** What a browser must send with a write; see the guard of the API. */
function csrf({ method, permission }: Route): Json[] {
  if (method === 'GET' || security(permission)[0]?.session === undefined) return [];
  return [{ name: csrfHeader.name, in: 'header', required: true, schema: { const: csrfHeader.value } }];
}
