import { Select } from '../../parts/index.ts';
import { useResource } from '../../resource.ts';
import { type GrantScope, type Role, roles, type ServicesReply, type TeamsReply } from '../../wire.ts';
import { sentenceCase } from '../../words.ts';
import { reachOfText, roleNotes, textOfReach } from './power.ts';

/** Asks for a role, with what each is for. */
export const RoleField = ({ role, onChoose }: { role: Role; onChoose: (role: Role) => void }) => (
  <Select
    label="Role"
    value={role}
    options={roles.map((value) => ({ value, text: sentenceCase(value) }))}
    hint={sentenceCase(roleNotes[role])}
    onChoose={onChoose}
  />
);

/** Asks what part of the fleet a role reaches. */
export function ReachField({ scope, onChoose }: { scope: GrantScope; onChoose: (scope: GrantScope) => void }) {
  const teams = useResource<TeamsReply>('/api/v1/teams').value?.teams ?? [];
  const services = useResource<ServicesReply>('/api/v1/services').value?.services ?? [];
  return (
    <Select
      label="Over"
      value={textOfReach(scope)}
      options={[
        { value: 'all', text: 'Everything' },
        ...teams.map(({ name, title }) => ({ value: `team:${name}`, text: `The services of ${title}` })),
        ...services.map(({ name }) => ({ value: `service:${name}`, text: `Service ${name}` })),
      ]}
      onChoose={(text) => onChoose(reachOfText(text))}
    />
  );
}
