/** Nothing is kept that nobody uses: dead files, empty folders. */
import { posix } from 'node:path';
import type { Code } from './code.ts';
import { type Fault, isTest, type Rule } from './rule.ts';
import type { Tree } from './tree.ts';

const kept = /\.(ts|tsx|mjs|js|css)$/;

/** Programs that are run by their name, by hand or by another tool. */
const programs = [
  /^bench\/[^/]+\.ts$/,
  /^tools\/[^/]+\.ts$/,
  /^sim\/main\.ts$/,
  /^web\/vite\.config\.ts$/,
  /^app\/main\.ts$/,
];

/**
 * Doors that the design lays with the ground, before the first capability goes through them. A door that is used must be
 * taken off this list, or it is a fault too.
 */
const laidAhead = [/^platform\/edge\/egress\.ts$/];

/** Paths named in a text that is no code: `src`, `href` and `@import`, scripts of package.json. */
const mentions = /(?:src|href)="([^"]+)"|@import\s+(?:url\()?["']([^"']+)["']|((?:[\w.-]+\/)*[\w.-]+\.(?:mjs|ts|js))/g;

/** Every file that a mention in another may mean: beside it, from the project's folder, or from the root of web. */
const meant = (from: string, mention: string): readonly string[] => {
  const path = mention.replace(/[?#].*$/, '');
  return [posix.join(posix.dirname(from), path), posix.normalize(path), posix.join('web', path)];
};

type Mention = readonly [from: string, text: string];

/** What code mentions in its texts: every import, and every path handed to a thread or a child process. */
const mentionsOf = ({ path, strings }: Code): readonly Mention[] =>
  strings.filter(({ found }) => kept.test(found)).map(({ found }) => [path, found]);

/** What a test starts as a program of its own: a path that it does not import. */
function startedBy(test: Code): readonly Mention[] {
  const imported = new Set(test.imports.map(({ specifier }) => specifier));
  return mentionsOf(test).filter(([, text]) => !imported.has(text));
}

const mentionsOfRest = ({ files }: Tree): readonly Mention[] =>
  [...files]
    .filter(([path]) => /\.(css|html)$|(^|\/)package\.json$/.test(path))
    .flatMap(([path, text]) =>
      [...text.matchAll(mentions)].map(
        ([, source, imported, script]): Mention => [path, source ?? imported ?? script ?? ''],
      ),
    );

/** The files that others mention. */
const meantBy = (found: readonly Mention[]): ReadonlySet<string> =>
  new Set(found.flatMap(([from, text]) => meant(from, text).filter((path) => path !== from)));

function* deadFiles(tree: Tree): Iterable<Fault> {
  const tests = tree.code.filter(({ path }) => isTest(path));
  const others = tree.code.filter(({ path }) => !isTest(path));
  const used = meantBy([...others.flatMap(mentionsOf), ...tests.flatMap(startedBy), ...mentionsOfRest(tree)]);
  const tested = meantBy(tests.flatMap(mentionsOf));
  const usedFromAfar = (path: string): boolean =>
    meantBy(others.filter((one) => posix.dirname(one.path) !== posix.dirname(path)).flatMap(mentionsOf)).has(path);
  for (const path of tree.files.keys()) {
    if (!kept.test(path) || /\.test\.tsx?$/.test(path) || programs.some((program) => program.test(path))) continue;
    const isAhead = laidAhead.some((door) => door.test(path));
    if (isAhead && usedFromAfar(path))
      yield { path, line: 0, found: 'in use, and still on the list of doors laid ahead' };
    if (isAhead || used.has(path) || (isTest(path) && tested.has(path))) continue;
    yield { path, line: 0, found: tested.has(path) ? 'only tests use this file' : 'nobody uses this file' };
  }
}

export const living: readonly Rule[] = [
  {
    name: 'dead-file',
    where: 'code and styles',
    use: 'an import of it, or delete it; what only tests use is called testing.ts or contract.ts',
    why: 'a newcomer reads it and learns what is not so',
    faults: deadFiles,
  },
  {
    name: 'empty-folder',
    where: 'every folder',
    use: 'a file in it, or remove it',
    why: 'a folder is a promise',
    faults: ({ emptyFolders }) => emptyFolders.map((path) => ({ path, line: 0, found: 'an empty folder' })),
  },
];
