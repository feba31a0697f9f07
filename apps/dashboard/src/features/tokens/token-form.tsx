import { EnrollTokenRequest } from '@lunwarden/contract';
import { Button, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTokenActions } from '../../data/actions.js';
import { useFields } from '../../ui/use-fields.js';
import { NewToken } from './new-token.js';

/** Make a token. It is shown once, here, with the commands that use it. */
export function TokenForm() {
  const { create } = useTokenActions();
  const { values, input, read } = useFields({ label: '', maxUses: '1', expiresInHours: '24' });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { label, maxUses, expiresInHours } = values;
    const typed = { label: label.trim(), maxUses: Number(maxUses), expiresInHours: Number(expiresInHours) };
    const request = read(EnrollTokenRequest, typed);
    if (request !== null) create.mutate(request);
  };
  return (
    <form className="card stack wide" onSubmit={submit} aria-labelledby="new-token">
      <h2 id="new-token">New enrolment token</h2>
      <div className="columns">
        <TextInput label="Label" description="Where it is meant for, e.g. Amsterdam proxies" {...input('label')} />
        <TextInput label="Hosts that may use it" description="1 to 10 000" type="number" {...input('maxUses')} />
        <TextInput label="Valid for hours" description="1 to 168" type="number" {...input('expiresInHours')} />
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
