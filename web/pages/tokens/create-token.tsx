import { useState } from 'preact/hooks';
import { Button, Command, Input, Select } from '../../parts/index.ts';
import { calmNow } from '../../time.ts';
import type { GrantScope, MadeTokenReply, Role } from '../../wire.ts';
import { dayOf } from '../../words.ts';
import { FormDialog, Sheet } from '../shared/dialog.tsx';
import { ReachField, RoleField } from '../shared/power-fields.tsx';
import { besides, refused, useSending } from '../shared/send.ts';

const lives = [
  { value: '7', text: '7 days' },
  { value: '30', text: '30 days' },
  { value: '90', text: '90 days' },
  { value: '365', text: 'a year' },
] as const;

/** Asks what a token is for, makes it, and shows its secret this once. */
export function CreateToken({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const [title, setTitle] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [scope, setScope] = useState<GrantScope>({ kind: 'all' });
  const [days, setDays] = useState<(typeof lives)[number]['value']>('90');
  const [made, setMade] = useState<MadeTokenReply | null>(null);
  const { isBusy, problem, send } = useSending();
  const create = async (): Promise<void> => {
    const body = { title, role, scope, expiresInDays: Number(days) };
    const reply = await send<MadeTokenReply>('POST', '/api/v1/tokens', { body });
    if (reply === null) return;
    setMade(reply);
    onMade();
  };
  if (made !== null) return <Secret made={made} onClose={onClose} />;
  return (
    <FormDialog
      title="Create a token"
      action="Create it"
      isBusy={isBusy}
      problem={besides(problem, 'title')}
      onSend={() => void create()}
      onClose={onClose}
    >
      <Input
        label="What it is for"
        name="title"
        hint="Such as “ci of checkout”: whoever reads the audit knows it by this."
        required
        value={title}
        onText={setTitle}
        {...refused(problem, 'title')}
      />
      <div class="two">
        <RoleField role={role} onChoose={setRole} />
        <ReachField scope={scope} onChoose={setScope} />
      </div>
      <Select label="Ends after" value={days} options={lives} onChoose={setDays} />
    </FormDialog>
  );
}

function Secret({ made, onClose }: { made: MadeTokenReply; onClose: () => void }) {
  return (
    <Sheet title={`Token ${made.title} is made`} onClose={onClose}>
      <div class="form">
        <p>
          Copy its secret now: it is shown this once and kept nowhere. It ends on {dayOf(made.expiresAt, calmNow.value)}
          .
        </p>
        <Command label="The secret of the token" text={made.secret} />
        <div class="go">
          <Button kind="primary" onPress={onClose}>
            I have it
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
