import { ChangeWindowRequest, type HostSummary } from '@lunwarden/contract';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useMemo, useState } from 'react';
import { useWindowActions } from '../../data/gate.js';
import { errorsByField } from '../../ui/field-errors.js';
import { hostsNamed } from './host-names.js';
import { instantOf, timeZones } from './wall-time.js';

type Fields = { name: string; starts: string; ends: string; timeZone: string; hosts: string };
type Read = { request: ChangeWindowRequest } | { errors: Record<string, string> };

/** What was typed, as the API wants it, or what is wrong with each field. */
export function readWindow(fields: Fields, hosts: readonly HostSummary[]): Read {
  const { ids, unknown } = hostsNamed(fields.hosts, hosts);
  const startsAt = instantOf(fields.starts, fields.timeZone);
  const endsAt = instantOf(fields.ends, fields.timeZone);
  const noTime = `Not a moment that clocks in ${fields.timeZone} ever show`;
  const errors: Record<string, string> = {};
  if (fields.name.trim() === '') errors.name = 'Give it a name';
  if (startsAt === null) errors.startsAt = noTime;
  if (endsAt === null) errors.endsAt = noTime;
  if (unknown.length > 0) errors.hostIds = `No host of that name: ${unknown.join(', ')}`;
  if (Object.keys(errors).length > 0) return { errors };
  const hostIds = ids.length === 0 ? null : ids;
  const { timeZone } = fields;
  const read = ChangeWindowRequest.safeParse({ name: fields.name.trim(), startsAt, endsAt, timeZone, hostIds });
  return read.success ? { request: read.data } : { errors: errorsByField(read.error) };
}

export function WindowForm({ hosts, onMade }: { hosts: readonly HostSummary[]; onMade: (id: string) => void }) {
  const { create } = useWindowActions();
  const zones = useMemo(timeZones, []);
  const [fields, setFields] = useState<Fields>({
    name: '',
    starts: '',
    ends: '',
    timeZone: zones[0] ?? 'UTC',
    hosts: '',
  });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const field = (name: keyof Fields) => ({
    value: fields[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setFields({ ...fields, [name]: event.currentTarget.value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readWindow(fields, hosts);
    setErrors('errors' in read ? read.errors : {});
    if ('request' in read) create.mutate(read.request, { onSuccess: ({ id }) => onMade(id) });
  };
  return (
    <form className="card stack wide" onSubmit={submit} aria-labelledby="new-window">
      <h2 id="new-window">New change window</h2>
      <div className="columns">
        <TextInput label="Name" {...field('name')} error={errors.name} autoComplete="off" />
        <NativeSelect label="Time zone" data={zones} {...field('timeZone')} error={errors.timeZone} />
        <TextInput label="Starts" type="datetime-local" {...field('starts')} error={errors.startsAt} />
        <TextInput label="Ends" type="datetime-local" {...field('ends')} error={errors.endsAt} />
      </div>
      <Textarea
        label="Hosts"
        description="Names, one a line; empty = every host, also those that enrol later"
        rows={3}
        {...field('hosts')}
        error={errors.hostIds}
      />
      {create.error !== null && (
        <p className="bar sev-critical" role="alert">
          {create.error.message}
        </p>
      )}
      <div>
        <Button type="submit" loading={create.isPending}>
          Store the window
        </Button>
      </div>
    </form>
  );
}
