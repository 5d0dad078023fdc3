import { usePage } from '../frame/page.ts';
import { Button, KeyValue, Section, Segments, TitleBlock } from '../parts/index.ts';
import { useResource } from '../resource.ts';
import { may, session, signOut } from '../session.ts';
import { themeNames, themeWish, themeWishes, wishTheme } from '../theme.ts';
import { calmNow } from '../time.ts';
import { warn } from '../toasts.ts';
import type { PeopleReply, Session } from '../wire.ts';
import { countedOf, durationOf, whenOf } from '../words.ts';
import { Password } from './mine/password.tsx';
import { Profile } from './mine/profile.tsx';
import { Grants } from './people/grants.tsx';
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
          { name: 'Ends when idle', value: `${whenOf(mine.idleEndsAt, now)}, in ${durationOf(mine.idleEndsAt - now)}` },
          {
            name: 'Ends in any case',
            value: `${whenOf(mine.absoluteEndsAt, now)}, in ${durationOf(mine.absoluteEndsAt - now)}`,
          },
        ]}
      />
    </Section>
  );
}
