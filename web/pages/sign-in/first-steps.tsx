import { useState } from 'preact/hooks';
import { Button, Input } from '../../parts/index.ts';
import { askSession } from '../../session.ts';
import type { Session } from '../../wire.ts';
import { ProblemNote } from '../shared/problem-note.tsx';
import { besides, refused, useSending } from '../shared/send.ts';

/** What the first start calls its first person, until they say their name. */
const unnamed = 'you';

/** After a first sign-in by link: a name, an address and a password, so that the next one needs no link. */
export function FirstSteps({ session, onDone }: { session: Session; onDone: () => void }) {
  const isNamed = session.user.name !== unnamed && session.user.email !== '';
  const [name, setName] = useState(session.user.name === unnamed ? '' : session.user.name);
  const [email, setEmail] = useState(session.user.email);
  const [password, setPassword] = useState('');
  const { isBusy, problem, send } = useSending();
  const finish = async (): Promise<void> => {
    if (!isNamed && (await send('PUT', '/api/v1/session/profile', { body: { name, email } })) === null) return;
    if ((await send('PUT', '/api/v1/session/password', { body: { password } })) === null) return;
    await askSession();
    onDone();
  };
  const told = besides(problem, 'name', 'email', 'password');
  return (
    <>
      <h1>{isNamed ? `Welcome, ${name}` : 'Welcome aboard'}</h1>
      <p class="sub">Give yourself a password, so that you need no link the next time.</p>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void finish();
        }}
      >
        {isNamed ? null : (
          <>
            <Input
              label="Your name"
              name="name"
              autocomplete="name"
              required
              value={name}
              onText={setName}
              {...refused(problem, 'name')}
            />
            <Input
              label="E-mail address, to sign in with"
              name="email"
              type="email"
              autocomplete="username"
              required
              value={email}
              onText={setEmail}
              {...refused(problem, 'email')}
            />
          </>
        )}
        <Input
          label="Password"
          name="password"
          type="password"
          autocomplete="new-password"
          hint="At least 12 characters. A few words in a row are easy to remember and hard to guess."
          required
          value={password}
          onText={setPassword}
          {...refused(problem, 'password')}
        />
        {told === null ? null : <ProblemNote problem={told} />}
        <div class="go">
          <Button type="submit" kind="primary" size="big" disabled={isBusy}>
            Set it and go on
          </Button>
          <Button kind="quiet" onPress={onDone}>
            Later
          </Button>
        </div>
      </form>
    </>
  );
}
