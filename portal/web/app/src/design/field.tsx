import { useId, useState, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes } from 'react';
import { IconButton } from './button.tsx';
import { Icon } from './icon.tsx';
import './field.css';

export interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'id'> {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong with what was entered, and what would be right. */
  readonly error?: string | undefined;
}

/** A labelled line of text. A password can be shown. */
export function Field({ label, hint, error, type = 'text', ...rest }: FieldProps): ReactNode {
  const id = useId();
  const [shown, setShown] = useState(false);
  const secret = type === 'password';
  const described = error !== undefined ? `${id}-error` : hint !== undefined ? `${id}-hint` : undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="field-line">
        <input
          {...rest}
          id={id}
          type={secret && shown ? 'text' : type}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={described}
        />
        {secret && (
          <IconButton
            icon={shown ? 'eye-off' : 'eye'}
            label={shown ? 'Hide password' : 'Show password'}
            onClick={() => setShown(!shown)}
          />
        )}
      </div>
      {error !== undefined ? (
        <p className="field-error" id={`${id}-error`}>
          <Icon name="warning" size={16} /> {error}
        </p>
      ) : (
        hint !== undefined && (
          <p className="field-hint" id={`${id}-hint`}>
            {hint}
          </p>
        )
      )}
    </div>
  );
}

export interface ChoiceProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id' | 'onChange'> {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChoose: (value: string) => void;
}

/** A labelled choice of one among several. */
export function Choice({ label, options, onChoose, ...rest }: ChoiceProps): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="field-line select">
        <select {...rest} id={id} onChange={(event) => onChoose(event.target.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}

/** Something that is on or off, and takes effect at once. */
export function Switch(props: {
  readonly label: string;
  readonly hint?: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly onChange: (on: boolean) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className="switch">
      <div>
        <label htmlFor={id}>{props.label}</label>
        {props.hint !== undefined && (
          <p className="field-hint" id={`${id}-hint`}>
            {props.hint}
          </p>
        )}
      </div>
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={props.on}
        disabled={props.disabled}
        aria-describedby={props.hint !== undefined ? `${id}-hint` : undefined}
        onChange={(event) => props.onChange(event.target.checked)}
      />
    </div>
  );
}
