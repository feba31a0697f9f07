import type { FindingWork } from '@lunwarden/contract';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, use, useId, useState } from 'react';
import { DataContext } from '../../data/context.js';
import { useFindingUpdate } from '../../data/findings.js';
import { Ago, absoluteText } from '../../ui/instant.js';
import { longestDays, readUpdate, settable, type WorkFields } from './work-update.js';
import { remarksOf, stateWords } from './work-words.js';

type Props = { work: FindingWork; mayWrite: boolean };

/** How far people and reports are with one finding of one host, and the form that says so. */
export function WorkPanel({ work, mayWrite }: Props) {
  const [isOpen, setOpen] = useState(false);
  const formId = useId();
  const remarks = remarksOf(work);
  return (
    <div className="stack" data-testid="work">
      <div className="row">
        <span>
          <strong>{stateWords[work.state]}</strong>
          {work.acceptedUntil !== null && ` until ${absoluteText(work.acceptedUntil)}`}{' '}
          <span className="dim">
            by {work.changedBy ?? 'a report'}, <Ago at={work.changedAt} />; first found <Ago at={work.openedAt} />
          </span>
        </span>
        {mayWrite && work.state !== 'verified' && (
          <Button
            size="compact-sm"
            variant="default"
            aria-expanded={isOpen}
            aria-controls={isOpen ? formId : undefined}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? 'Keep it' : 'Change'}
          </Button>
        )}
      </div>
      {work.note !== null && <p>“{work.note}”</p>}
      {remarks.length > 0 && <p className="dim">{remarks.join('; ')}.</p>}
      {isOpen && <WorkForm id={formId} work={work} onDone={() => setOpen(false)} />}
    </div>
  );
}

function WorkForm({ id, work, onDone }: { id: string; work: FindingWork; onDone: () => void }) {
  const { clock } = use(DataContext);
  const send = useFindingUpdate(work.hostId, work.rule);
  const now = settable.find((known) => known === work.state) ?? 'open';
  const [fields, setFields] = useState<WorkFields>({ state: now, note: '', days: '30' });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readUpdate(fields, work.version, clock.now());
    setErrors('errors' in read ? read.errors : {});
    if ('update' in read) send.mutate(read.update, { onSuccess: onDone });
  };
  return (
    <form id={id} className="card stack" onSubmit={submit} aria-label={`Work on ${work.title}`}>
      <NativeSelect
        label="State"
        data={settable.map((value) => ({ value, label: stateWords[value] }))}
        value={fields.state}
        onChange={(event) => {
          const state = settable.find((known) => known === event.currentTarget.value);
          if (state !== undefined) setFields({ ...fields, state });
        }}
      />
      {fields.state === 'accepted' && (
        <TextInput
          label="For days"
          description={`At most ${longestDays}. It ends sooner when the facts change, and it never changes the score or the gate.`}
          type="number"
          value={fields.days}
          onChange={(event) => setFields({ ...fields, days: event.currentTarget.value })}
          error={errors.until}
        />
      )}
      <TextInput
        label={fields.state === 'accepted' ? 'Reason' : 'Note'}
        value={fields.note}
        onChange={(event) => setFields({ ...fields, note: event.currentTarget.value })}
        error={errors.note}
      />
      {send.error !== null && (
        <p className="bar sev-critical" role="alert">
          {send.error.message}
        </p>
      )}
      <div>
        <Button type="submit" size="xs" loading={send.isPending}>
          Store
        </Button>
      </div>
    </form>
  );
}
