import { type Access, accessFactTypes, createAccess, type SystemToken } from '../capabilities/access/index.ts';
import { createCatalog } from '../capabilities/catalog/index.ts';
import { type Millis, minute, second } from '../kernel/time.ts';
import { createDefinitions, type Definitions, definitionRoutes } from '../platform/definitions/index.ts';
import { type Chance, idsFrom, makeSecret } from '../platform/edge/chance.ts';
import type { Clock } from '../platform/edge/clock.ts';
import type { Hashing } from '../platform/edge/hashing.ts';
import { createDispatcher } from '../platform/http/dispatcher.ts';
import type { Dispatch, HttpRequest, HttpResponse, Log } from '../platform/http/exchange.ts';
import { type HealthCheck, healthRoutes } from '../platform/http/health.ts';
import { createLifecycle } from '../platform/http/lifecycle.ts';
import { createRegistry as createMetrics, type Registry as Metrics } from '../platform/http/metrics.ts';
import { metricsRoute, observeRequests } from '../platform/http/metrics-route.ts';
import { withOpenApi } from '../platform/http/openapi.ts';
import type { HostPolicy } from '../platform/http/origin.ts';
import { createRateLimit, rateLimitDefaults } from '../platform/http/rate-limit.ts';
import type { AnyRoute } from '../platform/http/route.ts';
import { journalRoutes } from '../platform/journal/api.ts';
import type { Journal } from '../platform/journal/journal.ts';
import { type OpenLedger, openLedger } from '../platform/journal/open-ledger.ts';
import type { Records } from '../platform/records/records.ts';
import { productFolds } from './folds.ts';
import { healthChecks } from './health-checks.ts';
import { markHead } from './journal-mark.ts';
import { watchJournal } from './journal-watch.ts';
import { registry } from './kinds.ts';
import { startScheduler, type Task } from './scheduler.ts';
import { version } from './version.ts';

/** The doors to the outside: real ones in `serve.ts`, simulated ones in `sim/`. */
export interface Edges {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly hashing: Hashing;
  readonly journal: Journal;
  readonly records: Records;
  readonly log: Log;
}

export interface AppOptions {
  readonly edges: Edges;
  readonly hosts: HostPolicy;
  /** Where people reach the console: links are made of it. */
  readonly externalUrl: string;
  readonly systemTokens?: readonly SystemToken[];
  /** The watched definitions folder as people know it; null when there is none. */
  readonly folder?: string | null;
  /** Answers GET where no route does: the console's files. */
  readonly pages?: (request: HttpRequest) => HttpResponse | null;
  /** In development and tests: replies are held against their schemas. */
  readonly checkReplies?: boolean;
  /** Bytes that are free on the disk of the data; null where nobody knows. */
  readonly freeBytes?: () => number | null;
  /** Told when the state cannot be trusted any more: the process should end and say why. */
  readonly onStopped?: (reason: Error) => void;
}

/** The whole product, without a socket. */
export interface App {
  readonly dispatch: Dispatch;
  readonly routes: readonly AnyRoute[];
  readonly ledger: OpenLedger;
  readonly access: Access;
  readonly definitions: Definitions;
  readonly metrics: Metrics;
  /** Ends timers, writes what is still to be written, stops folding. The journal and the records stay open. */
  stop(): Promise<void>;
}

const stopMsMax: Millis = 8 * second;

const accessTypes: ReadonlySet<string> = new Set(accessFactTypes);

/** Refusals of strangers that the dispatcher answers by itself; the gate counts its own. */
const refusalsBeforeGate: ReadonlySet<string> = new Set([
  'sign-in-needed',
  'host-not-known',
  'origin-not-known',
  'too-many-requests',
]);

const openFolds = (edges: Edges, onStopped: ((reason: Error) => void) | undefined): Promise<OpenLedger> =>
  openLedger({
    journal: edges.journal,
    clock: edges.clock,
    ids: idsFrom(edges.clock, edges.chance),
    folds: productFolds,
    ...(onStopped === undefined ? {} : { onStopped }),
  });

/** What is done now and then: refusals written down, facts and records brought in line. */
function housekeeping(access: Access, { clock, journal, records }: Edges): readonly Task[] {
  const everyMinute = (name: string, work: (now: Millis) => Promise<void>): Task => {
    let nextAt = clock.now() + minute;
    return {
      name,
      dueAt: (now) => Math.min(nextAt, now + minute),
      run: async (now) => {
        nextAt = now + minute;
        await work(now);
      },
    };
  };
  return [
    everyMinute('access', async (now) => {
      await access.flushRefusals(now, false);
      await access.reconcile(now, false);
    }),
    everyMinute('mark of the journal', () => markHead(journal, records)),
  ];
}

interface Wired {
  readonly options: AppOptions;
  readonly isJournalStopped: () => boolean;
  readonly ledger: OpenLedger;
  readonly access: Access;
  readonly definitions: Definitions;
  readonly catalog: ReturnType<typeof createCatalog>;
  readonly metrics: Metrics;
}

function routesOf({
  options,
  isJournalStopped,
  ledger,
  access,
  definitions,
  metrics,
  catalog,
}: Wired): readonly AnyRoute[] {
  const { edges } = options;
  const checks: readonly HealthCheck[] = healthChecks({
    journal: edges.journal,
    isJournalStopped,
    records: edges.records,
    ledger,
    definitions,
    freeBytes: options.freeBytes ?? (() => null),
  });
  const own = [
    ...healthRoutes(checks, edges.clock),
    metricsRoute(metrics),
    ...access.routes,
    ...definitionRoutes(definitions, registry),
    ...catalog.routes,
    ...journalRoutes({
      journal: edges.journal,
      clock: edges.clock,
      // What happens to people's access is for those who audit; everything else is everybody's timeline.
      visible: (fact, identity) =>
        !accessTypes.has(fact.type) || access.holds(identity, 'audit.read', edges.clock.now()),
    }),
  ];
  return withOpenApi(own, { title: 'Plimsoll', version, description: 'How much risk production can still carry.' });
}

function observeApp({ ledger, metrics, definitions }: Wired): void {
  metrics.gauge({ name: 'plimsoll_journal_position', help: 'Number of the last fact folded.' }, () =>
    ledger.position(),
  );
  metrics.gauge(
    { name: 'plimsoll_definitions_revision', help: 'Revision of the definitions in force.' },
    () => definitions.inForce().revision,
  );
  metrics.gauge(
    { name: 'plimsoll_definitions_faults', help: 'Faults in the definitions folder.' },
    () => definitions.faults().length,
  );
}

/** The same options, with a journal that tells its owner when it takes no more. */
function watchingJournal(options: AppOptions): Pick<Wired, 'options' | 'isJournalStopped'> {
  const { edges, onStopped = () => undefined } = options;
  const { journal, isStopped } = watchJournal(edges.journal, (err) => {
    edges.log(
      'error',
      { err },
      'the journal takes no more; what was acknowledged is safe. The server has to be restarted',
    );
    onStopped(err);
  });
  return { options: { ...options, edges: { ...edges, journal } }, isJournalStopped: isStopped };
}

/**
 * Starts the product over its edges: folds the journal, brings facts and records in line, then answers requests.
 * @throws LedgerStopped when the journal holds a fact that this program cannot fold
 * @throws RouteTableError when a route has no permission, or one that no role holds
 */
export async function startApp(given: AppOptions): Promise<App> {
  const { options, isJournalStopped } = watchingJournal(given);
  const { edges } = options;
  const { clock, chance, journal, records, hashing } = edges;
  const lifecycle = createLifecycle(clock);
  const ledger = await openFolds(edges, options.onStopped);
  lifecycle.add('ledger', () => ledger.close());
  const definitions = createDefinitions({ registry, ledger, journal, folder: options.folder ?? null });
  const catalog = createCatalog({ definitions });
  const access = createAccess({
    ledger,
    readFacts: journal.read.bind(journal),
    records,
    hashing,
    ids: idsFrom(clock, chance),
    secret: () => makeSecret(chance),
    externalUrl: options.externalUrl,
    systemTokens: options.systemTokens ?? [],
    ownerOf: (service) => catalog.read().services.get(service)?.owner.name,
  });
  await access.reconcile(clock.now(), true);
  lifecycle.add('mark of the journal', () => markHead(journal, records));
  lifecycle.add('counts of refusals', async () => void (await access.flushRefusals(clock.now(), true)));
  const metrics = createMetrics();
  const wired: Wired = { options, isJournalStopped, ledger, access, definitions, catalog, metrics };
  const routes = routesOf(wired);
  observeApp(wired);
  const scheduler = startScheduler({
    clock,
    tasks: housekeeping(access, edges),
    onFailure: (task, err) => edges.log('error', { task, err }, 'a task failed and will be tried again'),
  });
  lifecycle.add('scheduler', () => scheduler.stop());
  const dispatch = dispatcherOf(wired, routes);
  return {
    dispatch,
    routes,
    ledger,
    access,
    definitions,
    metrics,
    stop: () => stopParts(lifecycle.stop(stopMsMax), edges.log),
  };
}

function dispatcherOf({ options, access, metrics }: Wired, routes: readonly AnyRoute[]): Dispatch {
  const { clock, chance, log } = options.edges;
  const observe = observeRequests(metrics);
  return createDispatcher({
    routes,
    gate: access.gate,
    clock,
    chance,
    nextId: idsFrom(clock, chance),
    hosts: options.hosts,
    log,
    observe: (record) => {
      observe(record);
      const { problem } = record;
      if (problem !== null && refusalsBeforeGate.has(problem)) access.countRefusal(problem, clock.now());
    },
    refuseRate: createRateLimit({ ...rateLimitDefaults, clock }),
    ...(options.pages === undefined ? {} : { pages: options.pages }),
    checkReplies: options.checkReplies ?? false,
  });
}

async function stopParts(stopping: ReturnType<ReturnType<typeof createLifecycle>['stop']>, log: Log): Promise<void> {
  for (const { name, detail, cause } of await stopping) log('error', { part: name, err: cause }, detail);
}
