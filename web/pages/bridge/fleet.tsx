import { LoadLine, StateWord } from '../../parts/index.ts';
import { pathTo } from '../../paths.ts';
import type { ServiceEntry } from '../../wire.ts';
import { countedOf } from '../../words.ts';

/** Up to so many hulls stand side by side on one axis; more are a list. */
const hullCountMax = 8;

/** The bridge is one look: longer fleets go on in the catalogue, so that the journal stays in reach on a phone. */
const listedCountMax = 24;

const unknown = { kind: 'unknown' } as const;

/** The fleet as hulls on one axis, decks aligned; as a list when there are many, and on a phone. */
export function Fleet({ services }: { services: readonly ServiceEntry[] }) {
  const ordered = services.toSorted((left, right) => left.tier - right.tier || (left.name < right.name ? -1 : 1));
  if (services.length > hullCountMax) return <LongFleet services={ordered} />;
  return (
    <>
      <Hulls services={ordered} />
      <div class="phone-only">
        <FleetList services={ordered} />
      </div>
    </>
  );
}

function Hulls({ services }: { services: readonly ServiceEntry[] }) {
  const rows: readonly (readonly [string, (service: ServiceEntry) => string])[] = [
    ['Owner', ({ owner }) => owner.title],
    ['Tier', ({ tier }) => String(tier)],
    ['Stands on', ({ dependencies }) => (dependencies === 0 ? '–' : String(dependencies))],
    ['Needed by', ({ dependents }) => (dependents === 0 ? '–' : String(dependents))],
  ];
  return (
    <table class="fleet wide-only" style={{ '--ships': services.length }}>
      <caption class="vh">The fleet: load line, gate, owner, tier and dependencies of each service</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="vh">Figure</span>
            <span class="axis deck" aria-hidden="true">
              Deck 100
            </span>
            <span class="axis keel" aria-hidden="true">
              0
            </span>
          </th>
          {services.map(({ name }) => (
            <th key={name} scope="col">
              <a class="ship" href={pathTo('services', name)}>
                <LoadLine name={name} size="fleet" reading={unknown} />
                <span class="name">{name}</span>
              </a>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">Gate</th>
          {services.map(({ name }) => (
            <td key={name}>
              <StateWord state="unknown" />
            </td>
          ))}
        </tr>
        {rows.map(([head, cell]) => (
          <tr key={head}>
            <th scope="row">{head}</th>
            {services.map((service) => (
              <td key={service.name}>{cell(service)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function LongFleet({ services }: { services: readonly ServiceEntry[] }) {
  const restCount = services.length - listedCountMax;
  return (
    <>
      <FleetList services={services.slice(0, listedCountMax)} isMany />
      {restCount <= 0 ? null : (
        <p class="dense more">
          <a href="/services">{countedOf(restCount, 'more service')} in the catalogue</a>, of tier{' '}
          {services[listedCountMax]?.tier} and beyond
        </p>
      )}
    </>
  );
}

function FleetList({ services, isMany = false }: { services: readonly ServiceEntry[]; isMany?: boolean }) {
  return (
    <ul class={isMany ? 'phone-list many' : 'phone-list'}>
      {services.map(({ name, owner, tier }) => (
        <li key={name}>
          <a href={pathTo('services', name)}>
            <LoadLine name={name} size="row" reading={unknown} />
            <span>
              <b>{name}</b>
              <span class="dim small owner">
                {owner.title}, tier {tier}
              </span>
            </span>
            <StateWord state="unknown" />
          </a>
        </li>
      ))}
    </ul>
  );
}
