import { SetupRequest } from '@lunwarden/contract';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useEnter } from '../../data/actions.js';
import { errorsByField } from '../../ui/field-errors.js';
import { AccessCard, Refusal } from './access-card.js';

/** First start: whoever can read the server's log may make the first administrator. */
export function SetupForm() {
  const { setup } = useEnter();
  const [values, setValues] = useState({ code: '', username: '', password: '', again: '' });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const set = (name: keyof typeof values) => (event: { currentTarget: { value: string } }) =>
    setValues({ ...values, [name]: event.currentTarget.value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { again, ...body } = values;
    const request = SetupRequest.safeParse({ ...body, code: body.code.trim() });
    const mismatch: Record<string, string> =
      again === values.password ? {} : { again: 'Both passwords must be the same' };
    setErrors({ ...(request.success ? {} : errorsByField(request.error)), ...mismatch });
    if (request.success && again === values.password) setup.mutate(request.data);
  };
  return (
    <AccessCard title="Set up Lunwarden">
      <p className="dim">
        Nobody can sign in yet. The server printed a one-time code when it started; it proves that you may make the
        first administrator.
      </p>
      <form className="stack wide" onSubmit={submit}>
        <TextInput
          label="One-time code"
          autoComplete="off"
          value={values.code}
          onChange={set('code')}
          error={errors.code}
        />
        <TextInput
          label="User name"
          autoComplete="username"
          value={values.username}
          onChange={set('username')}
          error={errors.username}
        />
        <PasswordInput
          label="Password"
          description="At least 12 characters"
          autoComplete="new-password"
          value={values.password}
          onChange={set('password')}
          error={errors.password}
        />
        <PasswordInput
          label="Password again"
          autoComplete="new-password"
          value={values.again}
          onChange={set('again')}
          error={errors.again}
        />
        <Refusal error={setup.error} />
        <Button type="submit" loading={setup.isPending}>
          Make the administrator
        </Button>
      </form>
    </AccessCard>
  );
}
