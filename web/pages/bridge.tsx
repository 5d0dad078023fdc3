import { usePage } from '../frame/page.ts';
import { LoadLine, Section, StateWord } from '../parts/index.ts';
import { pathTo } from '../paths.ts';
import { useResource } from '../resource.ts';
import { may } from '../session.ts';
import type { DefinitionsReply, ServiceEntry, ServicesReply } from '../wire.ts';
import { countedOf } from '../words.ts';
import { FirstStart } from './bridge/first-start.tsx';
import { Fleet } from './bridge/fleet.tsx';
import { LiveTimeline } from './bridge/live-timeline.tsx';
import { Shown } from './shared/shown.tsx';
import { faultsUntoldMs, touchesDefinitions } from './shared/touched.ts';

/** Home: may we ship, what is burning, what changed lately. */
export function BridgePage() {
  usePage({ text: 'Bridge' });
  const services = useResource<ServicesReply>(may('services.read') ? '/api/v1/services' : null, touchesDefinitions);
  return (
    <div class="cols">
      <div class="stack">
        <Shown resource={services} what="The fleet">
          {({ services: all }) => (all.length === 0 ? <FirstStart /> : <Underway services={all} />)}
        </Shown>
      </div>
      <aside class="stack rail">{may('journal.read') ? <LiveTimeline /> : null}</aside>
    </div>
  );
}

function Underway({ services }: { services: readonly ServiceEntry[] }) {
  return (
    <>
      <section class="verdict">
        <p class="q">May we ship?</p>
        <h1>Nobody can tell yet.</h1>
        <p class="why">
          <StateWord state="unknown">{whyUnknown(services)}</StateWord>
          <Faults />
        </p>
      </section>
      <Section
        name={
          <>
            Fleet <span class="count">{services.length}</span>
          </>
        }
        note="Budget spent. Without an objective there is no water line to read."
      >
        <Fleet services={services} />
      </Section>
      <Section name="What an objective would tell" note="one for each service, in words of its users">
        <div class="teach">
          <LoadLine name={services[0]?.name ?? 'A service'} size="summary" reading={{ kind: 'unknown' }} />
          <p class="sub">
            An objective says what users may expect of a service, such as “99.9 % of orders are taken within 800 ms”.
            The little that may fail is its budget, and the water in the hull is the part that is spent. Under the deck
            line one may ship; where the marks stand, care is asked for.{' '}
            <a href={pathTo('services', services[0]?.name ?? '')}>See where it will stand</a>
          </p>
        </div>
      </Section>
    </>
  );
}

const whyUnknown = (services: readonly ServiceEntry[]): string =>
  services.length === 1
    ? `${services[0]?.name} has no objective, so nobody knows how much risk it can carry`
    : `${countedOf(services.length, 'service')} have no objective, so nobody knows how much risk they can carry`;

/** Definitions that could not be put in force: what is shown may be older than what is wanted. */
function Faults() {
  const path = may('definitions.read') ? '/api/v1/definitions' : null;
  const faults = useResource<DefinitionsReply>(path, touchesDefinitions, faultsUntoldMs).value?.faults.length ?? 0;
  if (faults === 0) return null;
  return (
    <a href="/definitions">
      <StateWord state="watch">
        {countedOf(faults, 'fault')} in the definitions {faults === 1 ? 'keeps' : 'keep'} a change from coming into
        force
      </StateWord>
    </a>
  );
}
