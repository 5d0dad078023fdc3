import { Button } from '../../parts/index.ts';
import { withQuery } from '../../paths.ts';
import { go, place } from '../../router.ts';
import { askSession } from '../../session.ts';
import type { Session } from '../../wire.ts';
import { ProblemNote } from '../shared/problem-note.tsx';
import { useSending } from '../shared/send.ts';

/**
 * A one-time link shows this, and signs in only when a person presses the button: programs that look into mail follow
 * links, and must not use them up. The code stands behind the #, which browsers never send anywhere by themselves.
 */
export function LinkForm({ code }: { code: string }) {
  const { isBusy, problem, send } = useSending();
  const signIn = async (): Promise<void> => {
    const session = await send<Session>('POST', '/api/v1/session/link', { body: { code }, isSigningIn: true });
    if (session === null) return;
    await askSession();
    // The code is used up: it leaves the address, and with it the history of the browser.
    go(withQuery(place.value.path, place.value.query, session.hasPassword ? {} : { step: 'password' }), {
      replace: true,
    });
  };
  return (
    <>
      <h1>Come aboard</h1>
      <p class="sub">This link signs you in once, on this browser.</p>
      {problem === null ? null : <ProblemNote problem={problem} />}
      <div class="go">
        <Button kind="primary" size="big" disabled={isBusy} onPress={() => void signIn()}>
          Sign in
        </Button>
        {problem === null ? null : <a href="/sign-in">Use a password instead</a>}
      </div>
    </>
  );
}
