import { usePage } from '../frame/page.ts';
import { Button, Empty, Input, LoadLine, Section, Select, StateWord, Table, TitleBlock } from '../parts/index.ts';
import { pathTo } from '../paths.ts';
import { useResource } from '../resource.ts';
import { goQuery, query } from '../router.ts';
import type { ServiceEntry, ServicesReply } from '../wire.ts';
import { openingCountOf, titleBeside } from '../words.ts';
import { filterServices, type ServiceFilter } from './services/filter.ts';
import { FirstDefinition } from './shared/first-definition.tsx';
import { Shown } from './shared/shown.tsx';
import { touchesDefinitions } from './shared/touched.ts';

/** The catalogue: every service, who owns it, how much it matters, what it stands on. */
export function ServicesPage() {
  usePage({ text: 'Bridge', href: '/' }, { text: 'Services' });
  const services = useResource<ServicesReply>('/api/v1/services', touchesDefinitions);
  return (
    <Shown resource={services} what="Services">
      {({ services: all }) => (all.length === 0 ? <NoServices /> : <Catalogue all={all} />)}
    </Shown>
  );
}

function Catalogue({ all }: { all: readonly ServiceEntry[] }) {
  const filter: ServiceFilter = {
    text: query.value.get('q') ?? '',
    owner: query.value.get('owner'),
    tier: query.value.get('tier'),
  };
  const found = filterServices(all, filter);
  const isFiltered = found.length !== all.length;
  return (
    <>
      <TitleBlock title={titleOf(all)}>{ownersSentence(all)}</TitleBlock>
      <Section
        name="Catalogue"
        note={isFiltered ? `${found.length} of ${all.length}` : 'from the definitions in force'}
      >
        <Filters all={all} filter={filter} />
        {found.length === 0 ? <NoneFound /> : <ServiceTable rows={found} />}
      </Section>
    </>
  );
}

const titleOf = (all: readonly ServiceEntry[]): string =>
  all.length === 1
    ? 'One service, and no objective yet'
    : `${openingCountOf(all.length, 'service')}, none with an objective yet`;

function ownersSentence(all: readonly ServiceEntry[]): string {
  const teams = new Set(all.map(({ owner }) => owner.name)).size;
  const first = all.filter(({ tier }) => tier === 1).length;
  const owned = teams === 1 ? 'One team answers for all of them' : `${openingCountOf(teams, 'team')} answer for them`;
  if (first === 0) return `${owned}.`;
  return first === 1
    ? `${owned}. One stops the business when it fails (tier 1).`
    : `${owned}. ${openingCountOf(first, 'of them', 'of them')} stop the business when they fail (tier 1).`;
}

function Filters({ all, filter }: { all: readonly ServiceEntry[]; filter: ServiceFilter }) {
  const owners = new Map(all.map(({ owner }) => [owner.name, owner.title] as const));
  const tiers = [...new Set(all.map(({ tier }) => String(tier)))].sort();
  return (
    <search class="filters">
      <Input label="Name, title or label" type="search" value={filter.text} onText={(text) => goQuery({ q: text })} />
      <Select
        label="Owner"
        value={filter.owner ?? ''}
        options={[
          { value: '', text: 'All teams' },
          ...[...owners]
            .map(([name, title]) => ({ value: name, text: title }))
            .sort((a, b) => (a.text < b.text ? -1 : 1)),
        ]}
        onChoose={(owner) => goQuery({ owner })}
      />
      <Select
        label="Tier"
        value={filter.tier ?? ''}
        options={[{ value: '', text: 'All tiers' }, ...tiers.map((tier) => ({ value: tier, text: `Tier ${tier}` }))]}
        onChoose={(tier) => goQuery({ tier })}
      />
    </search>
  );
}

function ServiceTable({ rows }: { rows: readonly ServiceEntry[] }) {
  return (
    <>
      <div class="wide-only">
        <Table
          label="Services"
          rows={rows}
          keyOf={({ name }) => name}
          columns={[
            { key: 'line', head: 'Load line', hideHead: true, cell: (row) => <Line {...row} /> },
            {
              key: 'name',
              head: 'Service',
              cell: ({ name, title }) => (
                <>
                  <a class="name" href={pathTo('services', name)}>
                    {name}
                  </a>{' '}
                  <span class="dim small">{titleBeside(name, title)}</span>
                </>
              ),
            },
            {
              key: 'owner',
              head: 'Owner',
              cell: ({ owner }) => <a href={pathTo('teams', owner.name)}>{owner.title}</a>,
            },
            { key: 'tier', head: 'Tier', align: 'right', cell: ({ tier }) => tier },
            { key: 'on', head: 'Stands on', align: 'right', cell: ({ dependencies }) => dependencies || '–' },
            { key: 'by', head: 'Needed by', align: 'right', cell: ({ dependents }) => dependents || '–' },
            { key: 'gate', head: 'Gate', cell: () => <StateWord state="unknown">No objective</StateWord> },
          ]}
        />
      </div>
      <ul class="phone-list phone-only">
        {rows.map((row) => (
          <li key={row.name}>
            <a href={pathTo('services', row.name)}>
              <Line {...row} />
              <span>
                <b>{row.name}</b>
                <span class="dim small">
                  {row.owner.title}, tier {row.tier}
                </span>
              </span>
              <StateWord state="unknown">No objective</StateWord>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

const Line = ({ name }: { name: string }) => <LoadLine name={name} size="row" reading={{ kind: 'unknown' }} />;

const NoneFound = () => (
  <div class="no-row">
    <p>No service fits these filters.</p>
    <Button size="small" onPress={() => goQuery({ q: null, owner: null, tier: null })}>
      Show all
    </Button>
  </div>
);

const NoServices = () => (
  <>
    <TitleBlock title="No service is declared yet">
      A service is what has users and somebody who answers for it. All else in Plimsoll hangs on it: objectives, alerts,
      who is on watch, who may ship.
    </TitleBlock>
    <Section name="The first service" note="one file, one command">
      <Empty
        picture={<LoadLine name="A first service" size="summary" reading={{ kind: 'unknown' }} />}
        title="Declare the first one"
        actions={<FirstDefinition />}
      >
        One file holds a team and a service. Run this where Plimsoll runs; the service is here as soon as it is applied.
      </Empty>
    </Section>
  </>
);
