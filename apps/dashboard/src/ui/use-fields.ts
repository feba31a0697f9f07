import { useState } from 'react';
import type { z } from 'zod';
import { errorsByField } from './field-errors.js';

type Input = { value: string; onChange: (event: { currentTarget: { value: string } }) => void; error?: string };

/** Text fields of a form, with what is wrong with each. */
export function useFields<F extends Record<string, string>>(initial: F) {
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const input = (name: keyof F & string): Input => ({
    value: values[name] ?? '',
    onChange: (event) => setValues({ ...values, [name]: event.currentTarget.value }),
    error: errors[name],
  });
  /** What was typed as a schema wants it; null after saying what is wrong. `more`: what no schema knows of. */
  function read<S extends z.ZodType>(schema: S, typed: unknown, more: Record<string, string> = {}): z.output<S> | null {
    const request = schema.safeParse(typed);
    setErrors({ ...(request.success ? {} : errorsByField(request.error)), ...more });
    return request.success && Object.keys(more).length === 0 ? request.data : null;
  }
  return { values, errors, input, read };
}
