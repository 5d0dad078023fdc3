import { useState } from 'preact/hooks';
import { usePage } from '../frame/page.ts';
import { Button, Input, KeyValue, Section, Segments, TitleBlock } from '../parts/index.ts';
import { useResource } from '../resource.ts';
import { askSession, may, session, signOut } from '../session.ts';
import { themeNames, themeWish, themeWishes, wishTheme } from '../theme.ts';
import { calmNow } from '../time.ts';
import { tell, warn } from '../toasts.ts';
import type { PeopleReply, Session } from '../wire.ts';
import { countedOf, durationOf } from '../words.ts';
import { Grants } from './people/grants.tsx';
import { ProblemNote } from './shared/problem-note.tsx';
import { besides, refused, useSending } from './shared/send.ts';
import { touchesPeople } from './shared/touched.ts';

/** What is mine: my session, my password, what I may do, how the console looks. */
export function MinePage() {
  usePage({ text: 'Bridge', href: '/' }, { text: 'Mine' });
  const mine = session.value;
  if (mine === null) return null;
  return (
    <>
      <TitleBlock title={mine.user.name} actions={<SignOutButton />}>
        {mine.user.email === '' ? 'No e-mail address yet: give one, and sign in with it.' : mine.user.email}
      </TitleBlock>
      <div class="halves">
        <div class="stack">
          <MyGrants mine={mine} />
          <MySession mine={mine} />
          <Section name="Look" note="kept in this browser">
            <Segments
              label="Theme"
              options={themeWishes.map((value) => ({ value, text: themeNames[value] }))}
              chosen={themeWish.value}
              onChoose={wishTheme}
            />
          </Section>
        </div>
        <div class="stack">
          <Profile key={mine.user.name + mine.user.email} mine={mine} />
          <Password mine={mine} />
        </div>
      </div>
    </>
  );
}

const SignOutButton = () => (
  <Button
    onPress={() =>
      void signOut().then((problem) => {
        if (problem !== null) warn(`You are still signed in. ${problem.detail}`);
      })
    }
  >
    Sign out
  </Button>
);

function MyGrants({ mine }: { mine: Session }) {
  const people = useResource<PeopleReply>(may('people.read') ? '/api/v1/people' : null, touchesPeople);
  const me = people.value?.people.find(({ id }) => id === mine.user.id);
  return (
    <Section name="What I may do" note={countedOf(mine.permissions.length, 'permission')}>
      {me === undefined ? (
        <p class="dense">{mine.roles.join(', ') || 'Nothing is granted to you yet.'}</p>
      ) : (
        <Grants person={me} />
      )}
    </Section>
  );
}

function MySession({ mine }: { mine: Session }) {
  const now = calmNow.value;
  return (
    <Section name="This session">
      <KeyValue
        pairs={[
          { name: 'Ends when idle, in', value: durationOf(mine.idleEndsAt - now) },
          { name: 'Ends in any case, in', value: durationOf(mine.absoluteEndsAt - now) },
        ]}
      />
    </Section>
  );
}

function Profile({ mine }: { mine: Session }) {
  const [name, setName] = useState(mine.user.name);
  const [email, setEmail] = useState(mine.user.email);
  const { isBusy, problem, send } = useSending();
  const told = besides(problem, 'name', 'email');
  const isChanged = name !== mine.user.name || email !== mine.user.email;
  const save = async (): Promise<void> => {
    if ((await send('PUT', '/api/v1/session/profile', { body: { name, email } })) === null) return;
    await askSession();
    tell('Name and address saved');
  };
  return (
    <Section name="Name and address" note="kept outside the journal, erasable">
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void save();
        }}
      >
        <Input
          label="Name"
          name="name"
          autocomplete="name"
          required
          value={name}
          onText={setName}
          {...refused(problem, 'name')}
        />
        <Input
          label="E-mail address"
          name="email"
          type="email"
          autocomplete="email"
          required
          value={email}
          onText={setEmail}
          {...refused(problem, 'email')}
        />
        {told === null ? null : <ProblemNote problem={told} />}
        <div class="go">
          <Button type="submit" disabled={isBusy || !isChanged}>
            Save
          </Button>
        </div>
      </form>
    </Section>
  );
}

function Password({ mine }: { mine: Session }) {
  const [current, setCurrent] = useState('');
  const [wanted, setWanted] = useState('');
  const { isBusy, problem, send } = useSending();
  const told = besides(problem, 'password', 'currentPassword');
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
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            if (!isBusy) void change();
          }}
        >
          {/* Password managers keep the address with the password when they find both in one form. */}
          <input
            class="vh"
            type="email"
            autocomplete="username"
            value={mine.user.email}
            readOnly
            tabIndex={-1}
            aria-hidden="true"
          />
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
          <Input
            label="New password"
            name="new-password"
            type="password"
            autocomplete="new-password"
            hint="At least 12 characters. A few words in a row are easy to remember and hard to guess."
            required
            value={wanted}
            onText={setWanted}
            {...refused(problem, 'password')}
          />
          {told === null ? null : <ProblemNote problem={told} />}
          <div class="go">
            <Button type="submit" disabled={isBusy}>
              {mine.hasPassword ? 'Change it' : 'Set it'}
            </Button>
          </div>
        </form>
      </Section>
    </div>
  );
}
