import { useState } from 'preact/hooks';
import { Button, Section } from '../../parts/index.ts';
import { askSession } from '../../session.ts';
import { tell } from '../../toasts.ts';
import type { Session } from '../../wire.ts';
import { Form } from '../shared/form.tsx';
import { PersonFields } from '../shared/person-fields.tsx';
import { besides, useSending } from '../shared/send.ts';

/** My name and address; both can be erased, so they stand outside the journal. */
export function Profile({ mine }: { mine: Session }) {
  const { name, email } = mine.user;
  const [person, setPerson] = useState({ name, email });
  const { isBusy, problem, send } = useSending();
  const isChanged = person.name !== name || person.email !== email;
  const save = async (): Promise<void> => {
    if ((await send('PUT', '/api/v1/session/profile', { body: person })) === null) return;
    await askSession();
    tell('Name and address saved');
  };
  return (
    <Section name="Name and address" note="kept outside the journal, erasable">
      <Form
        isBusy={isBusy}
        problem={besides(problem, 'name', 'email')}
        onSend={() => void save()}
        buttons={
          <Button type="submit" disabled={isBusy || !isChanged}>
            Save
          </Button>
        }
      >
        <PersonFields person={person} isOwn problem={problem} onChange={setPerson} />
      </Form>
    </Section>
  );
}
