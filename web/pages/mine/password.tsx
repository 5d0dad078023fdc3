import { useState } from 'preact/hooks';
import { Button, Input, Section } from '../../parts/index.ts';
import { askSession } from '../../session.ts';
import { tell } from '../../toasts.ts';
import type { Session } from '../../wire.ts';
import { Form } from '../shared/form.tsx';
import { NewPassword } from '../shared/new-password.tsx';
import { besides, refused, useSending } from '../shared/send.ts';

/** Changes my password; every other session of mine ends with it. */
export function Password({ mine }: { mine: Session }) {
  const [current, setCurrent] = useState('');
  const [wanted, setWanted] = useState('');
  const { isBusy, problem, send } = useSending();
  const change = async (): Promise<void> => {
    const body = mine.hasPassword ? { password: wanted, currentPassword: current } : { password: wanted };
    if ((await send('PUT', '/api/v1/session/password', { body })) === null) return;
    setCurrent('');
    setWanted('');
    await askSession();
    tell('Password changed; every other session of yours has ended');
  };
  return (
    <div id="password">
      <Section name={mine.hasPassword ? 'Change my password' : 'Give myself a password'}>
        <Form
          isBusy={isBusy}
          problem={besides(problem, 'password', 'currentPassword')}
          onSend={() => void change()}
          buttons={
            <Button type="submit" disabled={isBusy}>
              {mine.hasPassword ? 'Change it' : 'Set it'}
            </Button>
          }
        >
          <AddressForPasswordManagers email={mine.user.email} />
          {mine.hasPassword ? (
            <Input
              label="Password so far"
              name="current-password"
              type="password"
              autocomplete="current-password"
              required
              value={current}
              onText={setCurrent}
              {...refused(problem, 'currentPassword')}
            />
          ) : null}
          <NewPassword label="New password" value={wanted} problem={problem} onText={setWanted} />
        </Form>
      </Section>
    </div>
  );
}

/** Password managers keep the address with the password when they find both in one form. */
const AddressForPasswordManagers = ({ email }: { email: string }) => (
  <input class="vh" type="email" autocomplete="username" value={email} readOnly tabIndex={-1} aria-hidden="true" />
);
