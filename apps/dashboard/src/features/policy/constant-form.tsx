import { type SiteConstant, SiteConstantRequest } from '@lunwarden/contract';
import { Button, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { usePolicyChange } from '../../data/policy.js';
import { useFields } from '../../ui/use-fields.js';
import { isChanged, isSpan, typedOf, valueOfTyped, valueText } from './constant-words.js';

type Props = { constant: SiteConstant; onDone: () => void };

/** Set a constant, or put it back; the server says whether it fits the others. */
export function ConstantForm({ constant, onDone }: Props) {
  const { path, min, max, current, standard } = constant;
  const send = usePolicyChange();
  const { values, input, read } = useFields({ value: typedOf(path, current), reason: '' });
  const change = (value: number | null) => {
    const isWithin = value === null || (value >= min && value <= max);
    const bounds = `${valueText(path, min)} to ${valueText(path, max)}`;
    const reason = values.reason.trim();
    // NaN is within nothing, and is no number to a schema either.
    const typed = { path, value: Number.isNaN(value) ? min : value, reason };
    const request = read(SiteConstantRequest, typed, isWithin ? {} : { value: `A number from ${bounds}` });
    if (request !== null) send.mutate(request, { onSuccess: onDone });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change(valueOfTyped(path, values.value));
  };
  return (
    <form className="card stack" onSubmit={submit} aria-label={`Set ${path}`}>
      <TextInput
        label={isSpan(path) ? 'Minutes' : 'Value'}
        description={`${valueText(path, min)} to ${valueText(path, max)}; ours is ${valueText(path, standard)}`}
        inputMode="decimal"
        {...input('value')}
      />
      <TextInput
        label="Why"
        description="At least 10 characters; it stays on record with your name"
        {...input('reason')}
      />
      {send.error !== null && (
        <p className="bar sev-critical" role="alert">
          {send.error.message}
        </p>
      )}
      <div className="row">
        <Button type="submit" size="xs" loading={send.isPending}>
          Set, and judge every host again
        </Button>
        {isChanged(constant) && (
          <Button size="xs" variant="default" disabled={send.isPending} onClick={() => change(null)}>
            Put back to {valueText(path, standard)}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
