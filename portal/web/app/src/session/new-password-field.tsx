import type { ReactNode } from 'react';
import { Field } from '../design/field.tsx';

/** Where a password is chosen. */
export function NewPasswordField(props: {
  readonly label: string;
  readonly error: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  return (
    <Field
      label={props.label}
      type="password"
      hint="A long one is a good one: a few words that only you would put together."
      autoComplete="new-password"
      required
      error={props.error}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}
