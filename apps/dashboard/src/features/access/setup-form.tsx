import { SetupRequest } from '@lunwarden/contract';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useEnter } from '../../data/actions.js';
import { useFields } from '../../ui/use-fields.js';
import { AccessCard, Refusal } from './access-card.js';

/** First start: whoever can read the server's log may make the first administrator. */
export function SetupForm() {
  const { setup } = useEnter();
  const { values, input, read } = useFields({ code: '', username: '', password: '', again: '' });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { again, ...body } = values;
    const isSame = again === values.password;
    const typed = { ...body, code: body.code.trim() };
    const request = read(SetupRequest, typed, isSame ? {} : { again: 'Both passwords must be the same' });
    if (request !== null) setup.mutate(request);
  };
  return (
    <AccessCard title="Set up Lunwarden">
      <p className="dim">
        Nobody can sign in yet. The server printed a one-time code when it started; it proves that you may make the
        first administrator.
      </p>
      <form className="stack wide" onSubmit={submit}>
        <TextInput label="One-time code" autoComplete="off" {...input('code')} />
        <TextInput label="User name" autoComplete="username" {...input('username')} />
        <PasswordInput
          label="Password"
          description="At least 12 characters"
          autoComplete="new-password"
          {...input('password')}
        />
        <PasswordInput label="Password again" autoComplete="new-password" {...input('again')} />
        <Refusal error={setup.error} />
        <Button type="submit" loading={setup.isPending}>
          Make the administrator
        </Button>
      </form>
    </AccessCard>
  );
}
