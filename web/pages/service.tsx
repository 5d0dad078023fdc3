import { usePage } from '../frame/page.ts';
import { Badge, KeyValue, LoadLine, Section, TitleBlock } from '../parts/index.ts';
import { pathTo } from '../paths.ts';
import { useResource } from '../resource.ts';
import { calmNow } from '../time.ts';
import type { Neighbour, ServiceReply } from '../wire.ts';
import { agoOf, titleBeside } from '../words.ts';
import type { PageProps } from './routes.tsx';
import { History } from './shared/history.tsx';
import { Labels, Links } from './shared/links.tsx';
import { Missing } from './shared/missing.tsx';
import { useNames } from './shared/names.ts';
import { Shown } from './shared/shown.tsx';
import { touchesDefinitions } from './shared/touched.ts';

/** One service: who answers for it, what it stands on, who needs it, and how it came to be as it is. */
export function ServicePage({ parameters }: PageProps) {
  const name = parameters.service ?? '';
  usePage({ text: 'Bridge', href: '/' }, { text: 'Services', href: '/services' }, { text: name });
  const service = useResource<ServiceReply>(`/api/v1${pathTo('services', name)}`, touchesDefinitions);
  if (service.problem?.status === 404) {
    const hrefOf = (other: string): string => pathTo('services', other);
    return <Missing noun="service" name={name} problem={service.problem} hrefOf={hrefOf} />;
  }
  return (
    <Shown resource={service} what={`Service ${name}`}>
      {(known) => <Service {...known} />}
    </Shown>
  );
}

function Service(service: ServiceReply) {
  return (
    <>
      <TitleBlock title={service.name} badge={<Badge>{`tier ${service.tier}`}</Badge>}>
        {titleBeside(service.name, service.title) === '' ? null : `${service.title}. `}
        {service.description === null ? null : `${withStop(service.description)} `}
        Team <a href={pathTo('teams', service.owner.name)}>{service.owner.title}</a> answers for it.
      </TitleBlock>
      <div class="cols">
        <div class="stack">
          <Neighbours
            name="Stands on"
            note="as declared; hard: fails with it"
            none="Nothing is declared that it stands on. Its definition can name dependencies, hard or soft."
            all={service.dependencies}
          />
          <Neighbours
            name="Needed by"
            note="as declared by them"
            none="No service has declared that it needs this one."
            all={service.dependents}
          />
          <ServiceHistory {...service} />
        </div>
        <aside class="stack">
          <LoadLineSection name={service.name} />
          <About {...service} />
        </aside>
      </div>
    </>
  );
}

const withStop = (text: string): string => (/[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);

/** The empty place of the load line: it says what would fill it. */
function LoadLineSection({ name }: { name: string }) {
  return (
    <Section name="Load line" note="no objective yet">
      <div class="load-line">
        <LoadLine name={name} size="service" reading={{ kind: 'unknown' }} />
      </div>
      <p class="dense sub">
        <b>No water in this hull yet.</b> An objective says what the users of {name} may expect, such as “99.9 % of
        orders are taken within 800 ms”. What may fail within it is the budget, and the water shows how much of that is
        spent.
      </p>
      <p class="note">This version holds the catalogue; objectives are not measured yet.</p>
    </Section>
  );
}

function Neighbours({
  name,
  note,
  none,
  all,
}: {
  name: string;
  note: string;
  none: string;
  all: readonly Neighbour[];
}) {
  return (
    <Section name={name} note={note}>
      {all.length === 0 ? <p class="dense dim">{none}</p> : null}
      <ul class="rows">
        {all.map((neighbour) => (
          <li key={neighbour.name}>
            <LoadLine name={neighbour.name} size="row" reading={{ kind: 'unknown' }} />
            {neighbour.external ? (
              <b>{neighbour.name}</b>
            ) : (
              <a class="name" href={pathTo('services', neighbour.name)}>
                {neighbour.name}
              </a>
            )}
            <span class="dim small">
              {neighbour.strength}
              {neighbour.external ? ', third party' : ''}
            </span>
            <span class="end small dim">{titleBeside(neighbour.name, neighbour.title)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function ServiceHistory({ name, history }: ServiceReply) {
  return (
    <Section name="Changes" note="from the journal, newest first">
      <History kind="Service" name={name} steps={history} names={useNames()} />
    </Section>
  );
}

function About({ owner, repository, links, labels, lastChange }: ServiceReply) {
  const now = calmNow.value;
  return (
    <Section name="About">
      <KeyValue
        pairs={[
          { name: 'Owner', value: <a href={pathTo('teams', owner.name)}>{owner.title}</a> },
          {
            name: 'Repository',
            value: repository === null ? <span class="dim">not named</span> : <Repository url={repository} />,
          },
          { name: 'Defined in', value: <code>{lastChange.file}</code> },
          { name: 'Last change', value: `${agoOf(lastChange.at, now)}, revision ${lastChange.revision}` },
        ]}
      />
      <Labels labels={labels} />
      <Links links={links} />
    </Section>
  );
}

/** Only addresses that a browser can open become links; `git@…` is text to copy. */
const Repository = ({ url }: { url: string }) => {
  const text = url.replace(/^https?:\/\//, '');
  return /^https?:/.test(url) ? (
    <a href={url} rel="noreferrer">
      {text}
    </a>
  ) : (
    <code>{text}</code>
  );
};
