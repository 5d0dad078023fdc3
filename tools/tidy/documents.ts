/** Documents are held against the tree: each folder explains itself, each link leads somewhere. */
import { posix } from 'node:path';
import type { Fault, Rule } from './rule.ts';
import type { Tree } from './tree.ts';

/** Folders that open with a README: each of the first level that holds code, each part, each capability. */
function explained(path: string): readonly string[] {
  if (!/\.(ts|tsx|mjs)$/.test(path)) return [];
  const [top = '', second = '', ...rest] = path.split('/');
  if (second === '') return [];
  if (top !== 'platform' && top !== 'capabilities') return top === 'bin' ? [] : [top];
  return rest.length === 0 ? [] : [`${top}/${second}`];
}

function* missingReadmes({ files }: Tree): Iterable<Fault> {
  const folders = new Set([...files.keys()].flatMap(explained));
  for (const folder of folders) {
    if (!files.has(`${folder}/README.md`)) yield { path: `${folder}/README.md`, line: 0, found: 'missing' };
  }
}

/** A text with the code in it blanked, so that an example is not taken for a link. Lines stay where they are. */
export const withoutExamples = (markdown: string): string =>
  markdown.replaceAll(/^```[\s\S]*?^```|`[^`\n]*`/gm, (code) => code.replaceAll(/[^\n]/g, ' '));

const link = /\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g;
const outside = /^(?:[a-z]+:|#)/;

/** The links of a line that should lead to a file or folder of ours. */
const linksIn = (line: string): readonly string[] =>
  [...line.matchAll(link)].map(([, target = '']) => target).filter((target) => !outside.test(target));

/** Where a link leads, from the project's folder. */
const reached = (from: string, target: string): string =>
  posix.join(posix.dirname(from), decodeURI(target).replace(/#.*$/, '')).replace(/\/$/, '');

function* brokenLinks({ files }: Tree): Iterable<Fault> {
  const places = new Set([...files.keys()].flatMap((path) => [path, ...ancestors(path)]));
  for (const [path, text] of files) {
    const lines = path.endsWith('.md') ? withoutExamples(text).split('\n') : [];
    for (const [index, line] of lines.entries()) {
      const broken = linksIn(line).filter((target) => !places.has(reached(path, target)));
      for (const target of broken) yield { path, line: index + 1, found: `the link to ${target} leads nowhere` };
    }
  }
}

/** The folders that a file stands in: `a/b/c.ts` gives `a/b`, `a`. */
function ancestors(path: string): readonly string[] {
  const folder = posix.dirname(path);
  return folder === '.' ? [folder] : [folder, ...ancestors(folder)];
}

const decision = /^docs\/decisions\/(?!README\.md$)(.+)$/;

function* decisionFaults({ files }: Tree): Iterable<Fault> {
  const names = [...files.keys()].flatMap((path) => decision.exec(path)?.[1] ?? []).sort();
  for (const [index, name] of names.entries()) {
    const expected = String(index + 1).padStart(4, '0');
    if (!name.startsWith(`${expected}-`)) {
      yield { path: `docs/decisions/${name}`, line: 0, found: `number ${expected} was expected here` };
      return;
    }
  }
}

export const documents: readonly Rule[] = [
  {
    name: 'readme',
    where: 'each folder of code of the first level, each part of the platform, each capability',
    use: 'one screen: purpose, the shape (files, names, facts), the laws it keeps',
    why: 'a newcomer opens a folder by its README',
    faults: missingReadmes,
  },
  {
    name: 'links',
    where: 'every Markdown file',
    use: 'the path as it is now',
    why: 'a link that leads nowhere costs the reader their trust in the rest',
    faults: brokenLinks,
  },
  {
    name: 'decision-numbers',
    where: 'docs/decisions/',
    use: 'NNNN-title.md, counted from 0001 without a gap',
    why: 'a decision is quoted by its number, and a gap looks like a lost one',
    faults: decisionFaults,
  },
];
