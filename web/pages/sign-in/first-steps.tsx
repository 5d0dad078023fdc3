import { useState } from 'preact/hooks';
import { Button } from '../../parts/index.ts';
import { askSession } from '../../session.ts';
import type { Session } from '../../wire.ts';
import { Form } from '../shared/form.tsx';
import { NewPassword } from '../shared/new-password.tsx';
import { PersonFields } from '../shared/person-fields.tsx';
import { besides, useSending } from '../shared/send.ts';

/** What the first start calls its first person, until they say their name. */
const unnamed = 'you';

/** After a first sign-in by link: a name, an address and a password, so that the next one needs no link. */
export function FirstSteps({ session, onDone }: { session: Session; onDone: () => void }) {
  const { name, email } = session.user;
  const isNamed = name !== unnamed && email !== '';
  const [person, setPerson] = useState({ name: name === unnamed ? '' : name, email });
  const [password, setPassword] = useState('');
  const { isBusy, problem, send } = useSending();
  const finish = async (): Promise<void> => {
    if (!isNamed && (await send('PUT', '/api/v1/session/profile', { body: person })) === null) return;
    if ((await send('PUT', '/api/v1/session/password', { body: { password } })) === null) return;
    await askSession();
    onDone();
  };
  const buttons = (
    <>
      <Button type="submit" kind="primary" size="big" disabled={isBusy}>
        Set it and go on
      </Button>
      <Button kind="quiet" onPress={onDone}>
        Later
      </Button>
    </>
  );
  return (
    <>
      <h1>{isNamed ? `Welcome, ${name}` : 'Welcome aboard'}</h1>
      <p class="sub">Give yourself a password, so that you need no link the next time.</p>
      <Form
        isBusy={isBusy}
        problem={besides(problem, 'name', 'email', 'password')}
        onSend={() => void finish()}
        buttons={buttons}
      >
        {isNamed ? null : <PersonFields person={person} isOwn problem={problem} onChange={setPerson} />}
        <NewPassword label="Password" value={password} problem={problem} onText={setPassword} />
      </Form>
    </>
  );
}
