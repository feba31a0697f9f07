import { LoginRequest } from '@lunwarden/contract';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useEnter } from '../../data/actions.js';
import { AccessCard, Refusal } from './access-card.js';

export function LoginForm() {
  const { login } = useEnter();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [isIncomplete, setIncomplete] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const request = LoginRequest.safeParse({ username, password });
    setIncomplete(!request.success);
    if (request.success) login.mutate(request.data);
  };
  return (
    <AccessCard title="Sign in">
      <form className="stack wide" onSubmit={submit}>
        <TextInput
          label="User name"
          autoComplete="username"
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {isIncomplete && <Refusal error={new Error('Enter a user name and a password.')} />}
        <Refusal error={login.error} />
        <Button type="submit" loading={login.isPending}>
          Sign in
        </Button>
      </form>
    </AccessCard>
  );
}
