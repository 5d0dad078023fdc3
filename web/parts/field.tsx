import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Glyph } from './glyph.tsx';

/** What a control needs from its field so that name, hint and refusal are read out with it. */
export type ControlProps = {
  readonly id: string;
  readonly class: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
};

type FieldFrame = {
  readonly label: ComponentChildren;
  /** What a good answer looks like; shown before anything is wrong. */
  readonly hint?: ComponentChildren;
  /** What was expected and the next move; shown instead of the hint. */
  readonly refusal?: string;
};

/** A label, a control and what there is to say about it. @param control draws the control from what the field knows */
export function Field({
  label,
  hint,
  refusal,
  control,
}: FieldFrame & { readonly control: (props: ControlProps) => ComponentChildren }) {
  const id = useId();
  const told = refusal !== undefined || hint !== undefined;
  const props: ControlProps = {
    id,
    class: refusal === undefined ? 'input' : 'input bad',
    ...(told ? { 'aria-describedby': `${id}-told` } : {}),
    ...(refusal === undefined ? {} : { 'aria-invalid': true as const }),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {control(props)}
      {refusal === undefined ? null : (
        <span class="why" id={`${id}-told`} role="alert">
          <Glyph name="watch" />
          {refusal}
        </span>
      )}
      {refusal === undefined && hint !== undefined ? (
        <span class="note" id={`${id}-told`}>
          {hint}
        </span>
      ) : null}
    </div>
  );
}

export type InputProps = FieldFrame & {
  readonly name?: string;
  readonly type?: 'text' | 'email' | 'password' | 'search' | 'number' | 'date' | 'datetime-local';
  readonly value?: string;
  readonly placeholder?: string;
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly autocomplete?: string;
  readonly onText?: (text: string) => void;
};

/** One line of text in a field. */
export function Input({ label, hint, refusal, onText, type = 'text', ...native }: InputProps) {
  return (
    <Field
      label={label}
      {...told({ hint, refusal })}
      control={(props) => (
        // Preact types an input by its kind; all kinds taken here are lines of text and share these attributes.
        <input {...native} {...props} type={type as 'text'} onInput={(event) => onText?.(event.currentTarget.value)} />
      )}
    />
  );
}

/** Several lines of text in a field. */
export function TextArea({
  label,
  hint,
  refusal,
  onText,
  rows = 3,
  ...native
}: FieldFrame & { name?: string; value?: string; rows?: number; onText?: (text: string) => void }) {
  return (
    <Field
      label={label}
      {...told({ hint, refusal })}
      control={(props) => (
        <textarea {...native} rows={rows} {...props} onInput={(event) => onText?.(event.currentTarget.value)} />
      )}
    />
  );
}

/** One of a list of values in a field. */
export function Select<Value extends string>({
  label,
  hint,
  refusal,
  name,
  value,
  options,
  onChoose,
}: FieldFrame & {
  name?: string;
  value: Value;
  options: readonly { readonly value: Value; readonly text: string }[];
  onChoose?: (value: Value) => void;
}) {
  const choose = (text: string): void => {
    const chosen = options.find((option) => option.value === text);
    if (chosen !== undefined) onChoose?.(chosen.value);
  };
  return (
    <Field
      label={label}
      {...told({ hint, refusal })}
      control={(props) => (
        <select name={name} value={value} {...props} onChange={(event) => choose(event.currentTarget.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      )}
    />
  );
}

/** Leaves out what is not said: an absent hint and an undefined one are not the same to the compiler. */
const told = ({ hint, refusal }: { hint?: ComponentChildren; refusal?: string | undefined }) => ({
  ...(hint === undefined ? {} : { hint }),
  ...(refusal === undefined ? {} : { refusal }),
});
