/** Calls, syntax and words that are banned, each with its substitute and its reason. */
import type { Call, Code, Found } from './code.ts';
import { type Fault, isTest, type Rule } from './rule.ts';

const startsWithAny = (path: string, starts: readonly string[]): boolean =>
  starts.some((start) => path.startsWith(start));

/** Where the program decides: nothing there reads a clock, a timer or chance by itself. */
const decided = {
  where: 'kernel/, platform/ but edge, capabilities/, app/ and sim/; not in tests',
  holds: (path: string): boolean =>
    startsWithAny(path, ['kernel/', 'platform/', 'capabilities/', 'app/', 'sim/']) &&
    !path.startsWith('platform/edge/') &&
    !isTest(path),
};

/** Where every way out is guarded. */
const guarded = {
  where: 'kernel/, platform/ but edge, and capabilities/; not in tests',
  holds: (path: string): boolean =>
    startsWithAny(path, ['kernel/', 'platform/', 'capabilities/']) && decided.holds(path),
};

interface CallBan {
  readonly calls: readonly string[];
  readonly within: { readonly where: string; readonly holds: (path: string) => boolean };
  readonly use: string;
  readonly why: string;
  /** Files that may, and why. */
  readonly except?: readonly { readonly path: string; readonly why: string }[];
}

const inGlobal = (names: readonly string[]): readonly string[] => names.flatMap((name) => [name, `globalThis.${name}`]);

export const callBans: readonly CallBan[] = [
  {
    calls: [
      'Date.now',
      'new Date',
      'performance.now',
      'process.hrtime',
      'process.hrtime.bigint',
      'Temporal.Now.instant',
    ],
    within: decided,
    use: 'the `now` argument, or the Clock that is handed in',
    why: 'replay must give the same answer, and the simulation has a clock of its own',
  },
  {
    calls: ['Math.random', 'randomUUID', 'randomBytes', 'randomInt', 'crypto.randomUUID', 'crypto.getRandomValues'],
    within: decided,
    use: 'the Chance that is handed in',
    why: 'a seed that fails must fail again',
  },
  {
    calls: inGlobal(['setTimeout', 'setInterval']),
    within: decided,
    use: 'clock.after, or a `dueAt` in the state',
    why: 'timers are data: a crash between two steps must lose nothing, and the simulation has no real timers',
  },
  {
    calls: inGlobal(['setImmediate']),
    within: guarded,
    use: 'clock.after(0, …)',
    why: 'the simulation decides what runs when',
    except: [
      {
        path: 'platform/definitions/paced.ts',
        why: 'it only gives other requests a turn between two files: what is read does not depend on when',
      },
    ],
  },
  {
    calls: inGlobal(['fetch']),
    within: guarded,
    use: 'the egress function of platform/edge',
    why: 'one way out: addresses are checked there, redirects again',
  },
];

const callFaults = (files: readonly Code[], { calls, within, except = [] }: CallBan): readonly Fault[] =>
  files
    .filter((file) => within.holds(file.path) && !except.some(({ path }) => path === file.path))
    .flatMap(({ path, calls: made }) =>
      made
        .filter(({ callee }) => calls.includes(callee))
        .map(({ callee, line }) => ({ path, line, found: `${callee}(` })),
    );

const callRules: readonly Rule[] = callBans.map((ban) => ({
  name: `no-${ban.calls[0]?.replace(' ', '-').toLowerCase()}`,
  where: ban.within.where,
  use: ban.use,
  why: ban.why,
  faults: ({ code }) => callFaults(code, ban),
}));

const constructBans = [
  { found: 'enum', use: 'a union of texts, or `as const`', why: 'Node only strips types: an enum is code' },
  { found: 'namespace', use: 'a module', why: 'Node only strips types: a namespace is code' },
  { found: 'parameter property', use: 'a field and an assignment', why: 'Node only strips types: it is code' },
  { found: 'any', use: '`unknown` and a check, or the type', why: '`any` switches the check off for all it touches' },
  { found: 'non-null assertion', use: 'a check, or `assert`', why: '`!` hides the case that will happen' },
];

/** Biome lets an `any` pass by a comment that must give a reason; so do we. */
const isExcused = ({ comments }: Code, { line, found }: Found): boolean =>
  found === 'any' &&
  comments.some(
    (comment) => comment.line === line - 1 && comment.found.includes('biome-ignore lint/suspicious/noExplicitAny'),
  );

const constructRules: readonly Rule[] = constructBans.map(({ found: construct, use, why }) => ({
  name: `no-${construct.replaceAll(' ', '-')}`,
  where: construct === 'any' ? 'all code, tests too; but below a biome-ignore with its reason' : 'all code, tests too',
  use,
  why,
  faults: ({ code }) =>
    code.flatMap((file) =>
      file.constructs
        .filter((one) => one.found === construct && !isExcused(file, one))
        .map((one) => ({ path: file.path, ...one })),
    ),
}));

const testNames = /^(test|it|describe|suite)\.(skip|only|todo)$/;

/** What a call switches off without saying why, or undefined. */
function switchedOff({ callee, argumentCount, switches }: Call): string | undefined {
  if (testNames.test(callee)) return `${callee}(`;
  if (/^(t|context)\.(skip|todo)$/.test(callee) && argumentCount === 0) return `${callee}()`;
  const [option] = /^(test|it|describe|suite|t\.test|context\.test)$/.test(callee) ? switches : [];
  return option === undefined ? undefined : `{ ${option} } without a reason`;
}

const skipRule: Rule = {
  name: 'no-test-left-out-without-a-reason',
  where: 'all code',
  use: "`{ skip: 'the reason' }`, or leftOutWithout of tools/requirement.ts; never `only`",
  why: 'a test that nobody runs says nothing, and nobody notices',
  faults: ({ code }) =>
    code.flatMap(({ path, calls }) =>
      calls.flatMap((call) => {
        const found = switchedOff(call);
        return found === undefined ? [] : [{ path, line: call.line, found }];
      }),
    ),
};

// Put together, so that this file does not find itself.
const postponed = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].join('|')})\\b`);

const postponedRule: Rule = {
  name: 'no-postponed-work',
  where: 'comments of all code',
  use: 'an issue, or do it now',
  why: 'a note in the code is a promise that nobody tracks',
  faults: ({ code }) =>
    code.flatMap(({ path, comments }) =>
      comments
        .filter(({ found }) => postponed.test(found))
        .map(({ line, found }) => ({ path, line, found: found.trim() })),
    ),
};

const machinePath = /(?:^|[\s'"`(=])(\/(?:work|root|home\/\w+|Users\/\w+)\/[^\s'"`)]*)/;
const hostOfRegistry = /"resolved": "https?:/;

const textFaults = (files: ReadonlyMap<string, string>, pattern: RegExp): readonly Fault[] =>
  [...files].flatMap(([path, text]) => {
    if (!pattern.test(text)) return [];
    return text
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [{ path, line: index + 1, found: line.trim().slice(0, 120) }] : [],
      );
  });

const textRules: readonly Rule[] = [
  {
    name: 'no-machine-path',
    where: 'all text; not in tests',
    use: 'a path from the project, `../shared`, or a setting',
    why: 'it is there on one machine only',
    faults: ({ files }) => textFaults(new Map([...files].filter(([path]) => !isTest(path))), machinePath),
  },
  {
    name: 'no-registry-host',
    where: 'package-lock.json',
    use: '`omit-lockfile-registry-resolved` of .npmrc',
    why: 'whoever has a mirror of the registry can install too',
    faults: ({ files }) =>
      textFaults(new Map([...files].filter(([path]) => path === 'package-lock.json')), hostOfRegistry),
  },
];

export const bans: readonly Rule[] = [...callRules, ...constructRules, skipRule, postponedRule, ...textRules];
