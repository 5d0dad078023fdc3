import type { ComponentChildren } from 'preact';
import type { Problem } from '../../wire.ts';
import { ProblemNote } from './problem-note.tsx';

/**
 * Fields under each other, what the server refused, and the buttons. A form that is being sent is not sent again.
 * @param problem what no field tells by itself
 */
export function Form({
  isBusy,
  problem,
  onSend,
  buttons,
  children,
}: {
  isBusy: boolean;
  problem: Problem | null;
  onSend: () => void;
  buttons: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) onSend();
      }}
    >
      {children}
      {problem === null ? null : <ProblemNote problem={problem} />}
      <div class="go">{buttons}</div>
    </form>
  );
}
