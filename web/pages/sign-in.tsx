import { useEffect, useRef } from 'preact/hooks';
import { usePage } from '../frame/page.ts';
import { Waiting } from '../frame/waiting.tsx';
import { Brand } from '../parts/index.ts';
import { returnPath } from '../paths.ts';
import { go, place, query } from '../router.ts';
import { session, sessionState } from '../session.ts';
import { FirstSteps } from './sign-in/first-steps.tsx';
import { LinkForm } from './sign-in/link-form.tsx';
import { PasswordForm } from './sign-in/password-form.tsx';

const codeOf = (fragment: string): string | null => new URLSearchParams(fragment.replace(/^#/, '')).get('code');

/** Goes where the person wanted to be before they had to sign in. */
const leave = (): void => go(returnPath(query.value.get('return'), location.origin), { replace: true });

/** The door: by a one-time link, by password, and after a first link the steps that make a password. */
export function SignInPage() {
  usePage({ text: 'Sign in' });
  const code = codeOf(place.value.fragment);
  const signedIn = session.value;
  const isNew = signedIn !== null && !signedIn.hasPassword;
  const wantsFirstSteps = isNew && query.value.get('step') === 'password';
  const isDone = signedIn !== null && code === null && !wantsFirstSteps;
  useEffect(() => {
    if (isDone) leave();
  }, [isDone]);
  const box = useRef<HTMLDivElement>(null);
  const isAsking = sessionState.value.state === 'asking';
  // The door has one next step: whoever stands at it can type, or press Enter, at once.
  useEffect(() => {
    box.current?.querySelector<HTMLElement>('input, button')?.focus();
  }, [isAsking, wantsFirstSteps, code === null]);
  if (isDone || isAsking) return <Waiting problem={null} />;
  return (
    <main class="gate-page">
      <div class="gate-box" ref={box}>
        <p class="brand">
          <Brand />
          Plimsoll
        </p>
        {wantsFirstSteps ? <FirstSteps session={signedIn} onDone={leave} /> : null}
        {!wantsFirstSteps && code !== null ? <LinkForm code={code} /> : null}
        {!wantsFirstSteps && code === null ? <PasswordForm wasEnded={wasEnded()} /> : null}
      </div>
      <p class="note gate-foot">How much risk production can still carry, and what to do when the line goes under.</p>
    </main>
  );
}

const wasEnded = (): boolean => sessionState.value.state === 'signed-out' && sessionState.value.ended;
