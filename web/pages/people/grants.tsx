import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button, Input, Table } from '../../parts/index.ts';
import { may } from '../../session.ts';
import { calmNow } from '../../time.ts';
import { tell } from '../../toasts.ts';
import type { GrantScope, GrantView, PersonView, Role } from '../../wire.ts';
import { dayOf } from '../../words.ts';
import { FormDialog } from '../shared/dialog.tsx';
import { endOfDay, reachOf } from '../shared/power.ts';
import { ReachField, RoleField } from '../shared/power-fields.tsx';
import { besides, refused, useSending } from '../shared/send.ts';

/** What a person is granted, with reason and end; granted and taken away here. @param children further things to do */
export function Grants({ person, children }: { person: PersonView; children?: ComponentChildren }) {
  const [isAdding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<GrantView | null>(null);
  const canManage = may('access.manage') && !person.disabled;
  return (
    <div class="grants">
      {person.grants.length === 0 ? (
        <p class="dense dim">{person.name} holds no grant: signing in shows nothing yet.</p>
      ) : (
        <GrantTable person={person} {...(canManage ? { onRemove: setRemoving } : {})} />
      )}
      {canManage ? (
        <div class="go small">
          <Button size="small" onPress={() => setAdding(true)}>
            Grant a role
          </Button>
          {children}
        </div>
      ) : null}
      {isAdding ? <AddGrant person={person} onClose={() => setAdding(false)} /> : null}
      {removing === null ? null : <RemoveGrant person={person} grant={removing} onClose={() => setRemoving(null)} />}
    </div>
  );
}

function GrantTable({ person, onRemove }: { person: PersonView; onRemove?: (grant: GrantView) => void }) {
  const now = calmNow.value;
  const knowsReasons = person.grants.some(({ reason }) => reason !== undefined);
  return (
    <Table
      label={`Grants of ${person.name}`}
      rows={person.grants}
      keyOf={({ id }) => id}
      columns={[
        { key: 'role', head: 'Role', cell: ({ role }) => role },
        { key: 'scope', head: 'Over', cell: ({ scope }) => reachOf(scope) },
        ...(knowsReasons ? [{ key: 'reason', head: 'Because', cell: ({ reason }: GrantView) => reason }] : []),
        {
          key: 'until',
          head: 'Until',
          cell: ({ until, active }) => {
            if (until === null) return <span class="dim">no end</span>;
            return active ? dayOf(until, now) : <span class="dim">ended {dayOf(until, now)}</span>;
          },
        },
        ...(onRemove === undefined
          ? []
          : [
              {
                key: 'remove',
                head: 'Remove',
                hideHead: true,
                align: 'right' as const,
                cell: (grant: GrantView) => (
                  <Button size="small" kind="quiet" onPress={() => onRemove(grant)}>
                    Take away<span class="vh"> {`${grant.role} over ${reachOf(grant.scope)}`}</span>
                  </Button>
                ),
              },
            ]),
      ]}
    />
  );
}

function AddGrant({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const [role, setRole] = useState<Role>('viewer');
  const [scope, setScope] = useState<GrantScope>({ kind: 'all' });
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const { isBusy, problem, send } = useSending();
  const add = async (): Promise<void> => {
    const body = { role, scope, reason, until: endOfDay(until) };
    if ((await send('POST', `/api/v1/people/${person.id}/grants`, { body })) === null) return;
    tell(`${person.name} is ${role} over ${reachOf(scope)}`);
    onClose();
  };
  return (
    <FormDialog
      title={`Grant ${person.name} a role`}
      action="Grant it"
      isBusy={isBusy}
      problem={besides(problem, 'reason')}
      onSend={() => void add()}
      onClose={onClose}
    >
      <div class="two">
        <RoleField role={role} onChoose={setRole} />
        <ReachField scope={scope} onChoose={setScope} />
      </div>
      <Input
        label="Because"
        name="reason"
        required
        value={reason}
        onText={setReason}
        hint="Whoever reviews access next reads this."
        {...refused(problem, 'reason')}
      />
      <Input
        label="Until the end of (UTC)"
        name="until"
        type="date"
        value={until}
        onText={setUntil}
        hint="Left empty, it has no end."
      />
    </FormDialog>
  );
}

function RemoveGrant({ person, grant, onClose }: { person: PersonView; grant: GrantView; onClose: () => void }) {
  const { isBusy, problem, send } = useSending();
  const remove = async (): Promise<void> => {
    if ((await send('DELETE', `/api/v1/people/${person.id}/grants/${grant.id}`)) === null) return;
    tell(`A grant of ${person.name} taken away`);
    onClose();
  };
  return (
    <FormDialog
      title={`Take “${grant.role}” away from ${person.name}?`}
      action="Take it away"
      danger
      isBusy={isBusy}
      problem={problem}
      onSend={() => void remove()}
      onClose={onClose}
    >
      <p>It holds over {reachOf(grant.scope)}. It ends at once; granting it again takes a new reason.</p>
    </FormDialog>
  );
}
