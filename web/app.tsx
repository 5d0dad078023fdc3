import { useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Frame } from './frame/frame.tsx';
import { Waiting } from './frame/waiting.tsx';
import { followJournal } from './journal.ts';
import { routeAt } from './pages/routes.tsx';
import { SignInPage } from './pages/sign-in.tsx';
import { pathTo, withQuery } from './paths.ts';
import { forgetResources } from './resource.ts';
import { go, place } from './router.ts';
import { may, session, sessionState } from './session.ts';

const signInPath = pathTo('sign-in');

const isSigningIn = (): boolean => place.value.path === signInPath;

/** Where to sign in, and how to come back here. */
const signInAddress = (): string => {
  const { path, query } = place.value;
  const here = path + query;
  return withQuery(signInPath, '', { return: here === '/' ? null : here });
};

/** The console: the sign-in page while nobody is known, the frame with its pages otherwise. */
export function App() {
  useSignalEffect(() => {
    if (sessionState.value.state === 'signed-out' && !isSigningIn()) go(signInAddress(), { replace: true });
  });
  const user = session.value?.user.id ?? null;
  useEffect(() => {
    if (user === null) return forgetResources();
    return may('journal.read') ? followJournal() : undefined;
  }, [user]);

  if (isSigningIn()) return <SignInPage />;
  const state = sessionState.value;
  if (state.state !== 'signed-in') return <Waiting problem={state.state === 'unknown' ? state.problem : null} />;
  const { path } = place.value;
  const { page: Page, parameters } = routeAt(path);
  return (
    <Frame>
      <Page key={path} parameters={parameters} />
    </Frame>
  );
}
