import { EnrollTokenRequest } from '@lunwarden/contract';
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTokenActions } from '../../data/actions.js';
import { errorsByField } from '../../ui/field-errors.js';
import { NewToken } from './new-token.js';

/** Make a token. It is shown once, here, with the commands that use it. */
export function TokenForm() {
  const { create } = useTokenActions();
  const [values, setValues] = useState({ label: '', maxUses: '1', expiresInHours: '24' });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const set = (name: keyof typeof values) => (event: { currentTarget: { value: string } }) =>
    setValues({ ...values, [name]: event.currentTarget.value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { label, maxUses, expiresInHours } = values;
    const request = EnrollTokenRequest.safeParse({
      label: label.trim(),
      maxUses: Number(maxUses),
      expiresInHours: Number(expiresInHours),
    });
    setErrors(request.success ? {} : errorsByField(request.error));
    if (request.success) create.mutate(request.data);
  };
  return (
    <form className="card stack wide" onSubmit={submit} aria-labelledby="new-token">
      <h2 id="new-token">New enrolment token</h2>
      <div className="columns">
        <TextInput
          label="Label"
          description="Where it is meant for, e.g. Amsterdam proxies"
          value={values.label}
          onChange={set('label')}
          error={errors.label}
        />
        <TextInput
          label="Hosts that may use it"
          description="1 to 10 000"
          type="number"
          value={values.maxUses}
          onChange={set('maxUses')}
          error={errors.maxUses}
        />
        <TextInput
          label="Valid for hours"
          description="1 to 168"
          type="number"
          value={values.expiresInHours}
          onChange={set('expiresInHours')}
          error={errors.expiresInHours}
        />
      </div>
      {create.error !== null && (
        <p className="bar sev-critical" role="alert">
          {create.error.message}
        </p>
      )}
      <div>
        <Button type="submit" loading={create.isPending}>
          Make a token
        </Button>
      </div>
      {create.data !== undefined && <NewToken created={create.data} />}
    </form>
  );
}
