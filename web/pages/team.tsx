import { usePage } from '../frame/page.ts';
import { KeyValue, LoadLine, Section, TitleBlock } from '../parts/index.ts';
import { pathTo } from '../paths.ts';
import { useResource } from '../resource.ts';
import { calmNow } from '../time.ts';
import type { TeamReply } from '../wire.ts';
import { agoOf, countedOf, titleBeside } from '../words.ts';
import type { PageProps } from './routes.tsx';
import { History } from './shared/history.tsx';
import { Labels, Links } from './shared/links.tsx';
import { Missing } from './shared/missing.tsx';
import { useNames } from './shared/names.ts';
import { Shown } from './shared/shown.tsx';
import { touchesDefinitions } from './shared/touched.ts';

/** One team: what it answers for, and where it is reached. */
export function TeamPage({ parameters }: PageProps) {
  const name = parameters.team ?? '';
  usePage({ text: 'Bridge', href: '/' }, { text: 'Services', href: '/services' }, { text: `Team ${name}` });
  const team = useResource<TeamReply>(`/api/v1${pathTo('teams', name)}`, touchesDefinitions);
  if (team.problem?.status === 404) {
    const hrefOf = (other: string): string => pathTo('teams', other);
    return <Missing noun="team" name={name} problem={team.problem} hrefOf={hrefOf} />;
  }
  return (
    <Shown resource={team} what={`Team ${name}`}>
      {(known) => <Team {...known} />}
    </Shown>
  );
}

function Team(team: TeamReply) {
  const owned = team.services.length;
  return (
    <>
      <TitleBlock
        title={
          owned === 0
            ? `${team.title} answers for no service`
            : `${team.title} answers for ${countedOf(owned, 'service')}`
        }
      >
        {team.description}
      </TitleBlock>
      <div class="cols">
        <div class="stack">
          <Section name="Services" note="as declared">
            {owned === 0 ? (
              <p class="dense dim">No definition names {team.name} as its owner.</p>
            ) : (
              <ul class="rows">
                {team.services.map(({ name, title, tier }) => (
                  <li key={name}>
                    <LoadLine name={name} size="row" reading={{ kind: 'unknown' }} />
                    <a class="name" href={pathTo('services', name)}>
                      {name}
                    </a>
                    <span class="dim small">{titleBeside(name, title)}</span>
                    <span class="end small sub">tier {tier}</span>
                  </li>
                ))}
              </ul>
            )}
          </Section>
          <TeamHistory {...team} />
        </div>
        <aside class="stack">
          <Reached {...team} />
        </aside>
      </div>
    </>
  );
}

function TeamHistory({ name, history }: TeamReply) {
  return (
    <Section name="Changes" note="from the journal, newest first">
      <History kind="Team" name={name} steps={history} names={useNames()} />
    </Section>
  );
}

function Reached({ chat, lastChange, labels, links }: TeamReply) {
  return (
    <Section name="Where it is reached">
      <KeyValue
        pairs={[
          { name: 'Chat', value: chat ?? <span class="dim">not named</span> },
          { name: 'Defined in', value: <code>{lastChange.file}</code> },
          { name: 'Last change', value: `${agoOf(lastChange.at, calmNow.value)}, revision ${lastChange.revision}` },
        ]}
      />
      <Labels labels={labels} />
      <Links links={links} />
    </Section>
  );
}
