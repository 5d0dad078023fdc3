import { useState } from 'preact/hooks';
import { tell } from '../../toasts.ts';
import type { InvitedReply, PersonView } from '../../wire.ts';
import { FormDialog } from '../shared/dialog.tsx';
import { useSending } from '../shared/send.ts';
import { LinkSheet } from './invite.tsx';

interface Props {
  readonly person: PersonView;
  readonly onClose: () => void;
}

/** Makes a one-time link for somebody who has lost the password, or never had one. */
export function SignInLink({ person, onClose }: Props) {
  const [link, setLink] = useState<string | null>(null);
  const { isBusy, problem, send } = useSending();
  const make = async (): Promise<void> => {
    const reply = await send<InvitedReply>('POST', '/api/v1/sign-in-links', { body: { user: person.id } });
    if (reply !== null) setLink(reply.signInLink);
  };
  if (link !== null) return <LinkSheet name={person.name} link={link} onClose={onClose} />;
  return (
    <FormDialog
      title={`A sign-in link for ${person.name}?`}
      action="Make the link"
      isBusy={isBusy}
      problem={problem}
      onSend={() => void make()}
      onClose={onClose}
    >
      <p>Whoever has the link signs in as {person.name}, once. That it was made is a fact in the journal.</p>
    </FormDialog>
  );
}

export function DisablePerson({ person, onClose }: Props) {
  const { isBusy, problem, send } = useSending();
  const disable = async (): Promise<void> => {
    if ((await send('POST', `/api/v1/people/${person.id}/disable`)) === null) return;
    tell(`${person.name} is disabled`);
    onClose();
  };
  return (
    <FormDialog
      title={`Disable ${person.name}?`}
      action={`Disable ${person.name}`}
      danger
      isBusy={isBusy}
      problem={problem}
      onSend={() => void disable()}
      onClose={onClose}
    >
      <p>Their sessions end at once, and tokens they have made are refused. What they did stays in the journal.</p>
    </FormDialog>
  );
}

export function ErasePerson({ person, onClose }: Props) {
  const { isBusy, problem, send } = useSending();
  const erase = async (): Promise<void> => {
    if ((await send('DELETE', `/api/v1/people/${person.id}`)) === null) return;
    tell('Personal data erased');
    onClose();
  };
  return (
    <FormDialog
      title={`Erase the data of ${person.name}?`}
      action="Erase it"
      danger
      isBusy={isBusy}
      problem={problem}
      onSend={() => void erase()}
      onClose={onClose}
    >
      <p>
        Name, address and password are gone for good. The journal keeps what was done, by a number that leads to nobody
        any more.
      </p>
    </FormDialog>
  );
}
