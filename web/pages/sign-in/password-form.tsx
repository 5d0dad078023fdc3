import { useState } from 'preact/hooks';
import { Button, Command, Input } from '../../parts/index.ts';
import { askSession } from '../../session.ts';
import type { Session } from '../../wire.ts';
import { Form } from '../shared/form.tsx';
import { besides, refused, useSending } from '../shared/send.ts';

/** @param wasEnded true when a session has just ended without the person's wish */
export function PasswordForm({ wasEnded }: { wasEnded: boolean }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { isBusy, problem, send } = useSending();
  const signIn = async (): Promise<void> => {
    const session = await send<Session>('POST', '/api/v1/session', { body: { email, password }, isSigningIn: true });
    if (session !== null) await askSession();
  };
  return (
    <>
      <h1>Sign in</h1>
      {wasEnded ? <p class="sub">Your session has ended. Sign in, and you are back where you were.</p> : null}
      <Form
        isBusy={isBusy}
        problem={besides(problem, 'email')}
        onSend={() => void signIn()}
        buttons={
          <Button type="submit" kind="primary" size="big" disabled={isBusy}>
            Sign in
          </Button>
        }
      >
        <Input
          label="E-mail address"
          name="email"
          type="email"
          autocomplete="username"
          required
          value={email}
          onText={setEmail}
          {...refused(problem, 'email')}
        />
        <Input
          label="Password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          value={password}
          onText={setPassword}
        />
      </Form>
      <details class="hint">
        <summary>No password yet, or forgotten?</summary>
        <p>Ask an administrator for a sign-in link, or make one on the server:</p>
        <Command label="Makes a sign-in link" text="npx plimsoll sign-in" />
      </details>
    </>
  );
}
