import { useState } from 'preact/hooks';
import { Button, Command } from '../../parts/index.ts';
import type { InvitedReply, Role } from '../../wire.ts';
import { FormDialog, Sheet } from '../shared/dialog.tsx';
import { PersonFields } from '../shared/person-fields.tsx';
import { RoleField } from '../shared/power-fields.tsx';
import { besides, useSending } from '../shared/send.ts';

/** Adds a person with a first role, and shows the link to send them. */
export function Invite({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const [person, setPerson] = useState({ name: '', email: '' });
  const [role, setRole] = useState<Role>('viewer');
  const [link, setLink] = useState<string | null>(null);
  const { isBusy, problem, send } = useSending();
  const invite = async (): Promise<void> => {
    const reply = await send<InvitedReply>('POST', '/api/v1/people', { body: { ...person, role } });
    if (reply === null) return;
    setLink(reply.signInLink);
    onMade();
  };
  if (link !== null) return <LinkSheet name={person.name} link={link} onClose={onClose} />;
  return (
    <FormDialog
      title="Invite a person"
      action="Make the link"
      isBusy={isBusy}
      problem={besides(problem, 'name', 'email')}
      onSend={() => void invite()}
      onClose={onClose}
    >
      <PersonFields person={person} isOwn={false} problem={problem} onChange={setPerson} />
      <RoleField role={role} onChoose={setRole} />
    </FormDialog>
  );
}

/** Shows a one-time link to hand over. */
export function LinkSheet({ name, link, onClose }: { name: string; link: string; onClose: () => void }) {
  return (
    <Sheet title={`A way in for ${name}`} onClose={onClose}>
      <div class="form">
        <p>Send this to {name}, over a channel that only they read. It signs in once, and soon lapses.</p>
        <Command label="One-time sign-in link" text={link} />
        <div class="go">
          <Button kind="primary" onPress={onClose}>
            I have it
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
