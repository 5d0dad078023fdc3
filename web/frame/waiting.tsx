import { Brand, Button } from '../parts/index.ts';
import { askSession } from '../session.ts';
import type { Problem } from '../wire.ts';

/** The screen before the server has said who is here: quiet at first, with words when it does not answer. */
export function Waiting({ problem }: { problem: Problem | null }) {
  if (problem === null) return <main class="gate-page" aria-busy="true" aria-label="Opening Plimsoll" />;
  return (
    <main class="gate-page">
      <div class="gate-box">
        <p class="brand">
          <Brand />
          Plimsoll
        </p>
        <h1>{problem.title}</h1>
        <p class="sub">{problem.detail}</p>
        <div class="go">
          <Button kind="primary" size="big" onPress={() => void askSession()}>
            Try again
          </Button>
        </div>
      </div>
    </main>
  );
}
