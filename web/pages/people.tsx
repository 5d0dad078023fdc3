import { useState } from 'preact/hooks';
import { usePage } from '../frame/page.ts';
import { Badge, Button, Section, TitleBlock } from '../parts/index.ts';
import { useResource } from '../resource.ts';
import { goQuery, query } from '../router.ts';
import { may, session } from '../session.ts';
import type { PeopleReply, PersonView } from '../wire.ts';
import { listOf, openingCountOf } from '../words.ts';
import { Grants } from './people/grants.tsx';
import { Invite } from './people/invite.tsx';
import { DisablePerson, ErasePerson, SignInLink } from './people/leaving.tsx';
import { reachOf } from './shared/power.ts';
import { Shown } from './shared/shown.tsx';
import { touchesPeople } from './shared/touched.ts';

/** Who may sign in, and what each is granted. */
export function PeoplePage() {
  usePage({ text: 'Bridge', href: '/' }, { text: 'People' });
  const people = useResource<PeopleReply>('/api/v1/people', touchesPeople);
  const isInviting = query.value.get('new') === 'yes' && may('access.manage');
  return (
    <>
      <Shown resource={people} what="People">
        {({ people: all }) => <People all={all} />}
      </Shown>
      {isInviting ? <Invite onClose={() => goQuery({ new: null })} onMade={people.reload} /> : null}
    </>
  );
}

function People({ all }: { all: readonly PersonView[] }) {
  const here = all.filter(({ disabled }) => !disabled);
  const gone = all.filter(({ disabled }) => disabled);
  const admins = here.filter((person) => rolesOf(person).includes('admin')).length;
  return (
    <>
      <TitleBlock
        title={`${openingCountOf(here.length, 'person', 'people')} may sign in`}
        actions={
          may('access.manage') ? (
            <Button kind="primary" onPress={() => goQuery({ new: 'yes' }, {})}>
              Invite a person
            </Button>
          ) : null
        }
      >
        {admins === 1
          ? 'With a second administrator, nobody is locked out when the first is away.'
          : `${openingCountOf(admins, 'administrator')}. Each grant has a reason, and may have an end.`}
      </TitleBlock>
      <Section name="People" note="grants with reason and end">
        <PersonList people={here} />
      </Section>
      {gone.length === 0 ? null : (
        <Section name="Disabled" note="their grants have no power">
          <PersonList people={gone} />
        </Section>
      )}
    </>
  );
}

const rolesOf = ({ grants }: PersonView): readonly string[] =>
  grants.filter(({ active }) => active).map(({ role }) => role);

const powerOf = ({ grants }: PersonView): string => {
  const active = grants.filter(({ active: isActive }) => isActive);
  return active.length === 0 ? 'no grant' : listOf(active.map(({ role, scope }) => `${role} over ${reachOf(scope)}`));
};

const PersonList = ({ people }: { people: readonly PersonView[] }) => (
  <ul class="people">
    {people.map((person) => (
      <PersonRow key={person.id} person={person} />
    ))}
  </ul>
);

function PersonRow({ person }: { person: PersonView }) {
  const isOpen = query.value.get('person') === person.id;
  const isMe = session.value?.user.id === person.id;
  return (
    <li>
      <details
        open={isOpen}
        onToggle={(event) => {
          if (event.currentTarget.open !== isOpen) goQuery({ person: isOpen ? null : person.id });
        }}
      >
        <summary>
          <b>{person.name}</b>
          {isMe ? <Badge kind="ink">you</Badge> : null}
          <span class="mail dim small">{person.email}</span>
          <span class="end small sub">{person.disabled ? 'disabled' : powerOf(person)}</span>
        </summary>
        <Grants person={person}>
          <Leaving person={person} isMe={isMe} />
        </Grants>
        {may('access.manage') && person.disabled ? <Erasing person={person} /> : null}
      </details>
    </li>
  );
}

type Ask = 'link' | 'disable' | 'erase' | null;

function Leaving({ person, isMe }: { person: PersonView; isMe: boolean }) {
  const [ask, setAsk] = useState<Ask>(null);
  const close = (): void => setAsk(null);
  return (
    <>
      <Button size="small" onPress={() => setAsk('link')}>
        Make a sign-in link
      </Button>
      {isMe ? null : (
        <Button size="small" onPress={() => setAsk('disable')}>
          Disable {person.name}
        </Button>
      )}
      {ask === 'link' ? <SignInLink person={person} onClose={close} /> : null}
      {ask === 'disable' ? <DisablePerson person={person} onClose={close} /> : null}
    </>
  );
}

function Erasing({ person }: { person: PersonView }) {
  const [isAsking, setAsking] = useState(false);
  return (
    <div class="go small">
      <Button size="small" onPress={() => setAsking(true)}>
        Erase the data of {person.name}
      </Button>
      {isAsking ? <ErasePerson person={person} onClose={() => setAsking(false)} /> : null}
    </div>
  );
}
