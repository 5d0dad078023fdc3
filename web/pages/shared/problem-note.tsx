import { Button, Glyph } from '../../parts/index.ts';
import type { Problem } from '../../wire.ts';

/** From here on it is the server's fault, and whoever looks after it wants the number of the request. */
const serverFault = 500;

/** What could not be read or done, the next step, and for a fault of the server the number under which its log knows it. */
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
        {problem.instance === undefined || problem.status < serverFault ? null : (
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
