import { Button, Glyph } from '../../parts/index.ts';
import type { Problem } from '../../wire.ts';

/** What could not be read or done, the next step, and the number under which the server's log knows it. */
export function ProblemNote({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  return (
    <div class="problem" role="alert">
      <Glyph name="watch" />
      <div>
        <b>{problem.title}</b>
        <p>{problem.detail}</p>
        {problem.errors === undefined ? null : (
          <ul>
            {problem.errors.map(({ pointer, detail }) => (
              <li key={pointer}>{detail}</li>
            ))}
          </ul>
        )}
        {problem.instance === undefined ? null : (
          <p class="note">
            In the server's log as <code>{problem.instance}</code>
          </p>
        )}
        {onRetry === undefined ? null : (
          <Button size="small" onPress={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}
