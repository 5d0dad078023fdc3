import { Input } from '../../parts/index.ts';
import type { Problem } from '../../wire.ts';
import { refused } from './send.ts';

/** What somebody is called and signs in with. */
export interface PersonDetails {
  readonly name: string;
  readonly email: string;
}

/** Asks for a name and an e-mail address. @param isOwn true where people write about themselves: the browser may then fill it in */
export const PersonFields = ({
  person,
  isOwn,
  problem,
  onChange,
}: {
  person: PersonDetails;
  isOwn: boolean;
  problem: Problem | null;
  onChange: (person: PersonDetails) => void;
}) => (
  <>
    <Input
      label={isOwn ? 'Your name' : 'Name'}
      name="name"
      autocomplete={isOwn ? 'name' : 'off'}
      required
      value={person.name}
      onText={(name) => onChange({ ...person, name })}
      {...refused(problem, 'name')}
    />
    <Input
      label="E-mail address"
      name="email"
      type="email"
      autocomplete={isOwn ? 'username' : 'off'}
      hint={isOwn ? 'You sign in with it.' : 'They sign in with it. Nothing is sent: you hand over the link.'}
      required
      value={person.email}
      onText={(email) => onChange({ ...person, email })}
      {...refused(problem, 'email')}
    />
  </>
);
