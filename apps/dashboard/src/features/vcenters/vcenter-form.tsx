import { type VcenterProbe, VcenterRequest } from '@lunwarden/contract';
import { Button, NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useVcenterActions } from '../../data/actions.js';
import { useFields } from '../../ui/use-fields.js';
import { ProbeAnswer } from './probe-answer.js';
import { type TrustFields, trustKinds, trustLabels, trustOf } from './trust.js';

const empty = { name: '', url: 'https://', username: '', password: '' };
const noTrust: TrustFields = { kind: 'system', sha256: '', pem: '' };

/** Add a vCenter. Testing stores nothing; the fingerprint that was met can be compared and pinned with one button. */
export function VcenterForm({ onAdded }: { onAdded: () => void }) {
  const { probe, add } = useVcenterActions();
  const { values, errors, input, read } = useFields(empty);
  const [trust, setTrust] = useState(noTrust);
  const withRequest = (use: (request: VcenterRequest) => void) => {
    const request = read(VcenterRequest, { ...values, trust: trustOf(trust) });
    if (request !== null) use(request);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    withRequest((request) => add.mutate(request, { onSuccess: onAdded }));
  };
  const pin = (sha256: string) => {
    setTrust({ ...trust, kind: 'pin', sha256 });
    probe.reset();
  };
  const test = () => withRequest((request) => probe.mutate(request));

  return (
    <form className="card stack wide" onSubmit={submit} aria-labelledby="add-vcenter">
      <h2 id="add-vcenter">Add a vCenter</h2>
      <div className="columns">
        <TextInput label="Name" {...input('name')} autoComplete="off" />
        <TextInput label="URL" type="url" {...input('url')} autoComplete="off" />
        <TextInput
          label="User"
          description="Read-only on the root object, propagated"
          {...input('username')}
          autoComplete="off"
        />
        <PasswordInput
          label="Password"
          description="Stored encrypted, never shown again"
          {...input('password')}
          autoComplete="new-password"
        />
      </div>
      <TrustInputs trust={trust} onTrust={setTrust} errors={errors} />
      <ProbeState probe={probe.data} error={probe.error ?? add.error} onPin={pin} />
      <div className="row">
        <Button variant="default" onClick={test} loading={probe.isPending}>
          Test connection
        </Button>
        <Button type="submit" loading={add.isPending}>
          Add
        </Button>
      </div>
    </form>
  );
}

type TrustInput = { trust: TrustFields; onTrust: (trust: TrustFields) => void; errors: Record<string, string> };

function TrustInputs({ trust, onTrust, errors }: TrustInput) {
  return (
    <>
      <NativeSelect
        label="How its certificate is verified"
        data={trustKinds.map((value) => ({ value, label: trustLabels[value] }))}
        value={trust.kind}
        onChange={(event) => {
          const kind = trustKinds.find((known) => known === event.currentTarget.value);
          if (kind !== undefined) onTrust({ ...trust, kind });
        }}
      />
      {trust.kind === 'pin' && (
        <TextInput
          label="SHA-256 fingerprint"
          description="As the vCenter itself or your browser shows it; colons are fine"
          className="mono"
          value={trust.sha256}
          onChange={(event) => onTrust({ ...trust, sha256: event.currentTarget.value })}
          error={errors['trust.sha256']}
        />
      )}
      {trust.kind === 'ca' && (
        <Textarea
          label="CA certificate (PEM)"
          rows={6}
          value={trust.pem}
          onChange={(event) => onTrust({ ...trust, pem: event.currentTarget.value })}
          error={errors['trust.pem']}
        />
      )}
    </>
  );
}

type ProbeProps = { probe: VcenterProbe | undefined; error: Error | null; onPin: (sha256: string) => void };

function ProbeState({ probe, error, onPin }: ProbeProps) {
  if (error !== null) {
    return (
      <p className="bar sev-critical" role="alert">
        {error.message}
      </p>
    );
  }
  return probe === undefined ? null : <ProbeAnswer probe={probe} onPin={onPin} />;
}
