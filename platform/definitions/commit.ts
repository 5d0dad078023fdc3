import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** Small files of git: anything longer is not one. */
const gitFileCharactersMax = 256;
const commitPattern = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const refPattern = /^refs\/[\w./-]+$/;

const textOf = async (path: string, charactersMax = gitFileCharactersMax): Promise<string | null> => {
  try {
    const text = await readFile(path, 'utf8');
    return text.length > charactersMax ? null : text.trim();
  } catch {
    return null;
  }
};

/** The folder of git for the checkout that a folder stands in: `.git` itself, or what the file `.git` of a worktree names. */
async function gitFolderOf(folder: string): Promise<string | null> {
  const candidate = join(folder, '.git');
  const found = await stat(candidate).catch(() => null);
  if (found?.isDirectory()) return candidate;
  if (found?.isFile()) {
    const named = (await textOf(candidate))?.match(/^gitdir: (.+)$/)?.[1];
    return named === undefined ? null : resolve(folder, named);
  }
  const above = dirname(folder);
  return above === folder ? null : gitFolderOf(above);
}

const packedRefsCharactersMax = 16 * 1024 * 1024;

async function packedCommit(gitFolder: string, ref: string): Promise<string | null> {
  const lines = (await textOf(join(gitFolder, 'packed-refs'), packedRefsCharactersMax))?.split('\n') ?? [];
  return lines.find((line) => line.endsWith(` ${ref}`))?.split(' ', 1)[0] ?? null;
}

async function commitOfRef(gitFolder: string, ref: string): Promise<string | null> {
  if (!refPattern.test(ref) || ref.includes('..')) return null;
  const common = await textOf(join(gitFolder, 'commondir'));
  const shared = common === null ? gitFolder : resolve(gitFolder, common);
  return (await textOf(join(gitFolder, ref))) ?? (await textOf(join(shared, ref))) ?? packedCommit(shared, ref);
}

/**
 * The commit that is checked out where a folder stands; null when it is no checkout, or git keeps its refs in a way that this
 * does not read. The files may be ahead of it: it says where they come from, not that they are clean.
 *
 * Git's own files are read, and `git` is not run: it may be absent, and in a folder that others write it runs what the
 * configuration of that folder says. https://git-scm.com/docs/gitrepository-layout
 */
export async function commitOf(folder: string): Promise<string | null> {
  const gitFolder = await gitFolderOf(resolve(folder));
  if (gitFolder === null) return null;
  const head = await textOf(join(gitFolder, 'HEAD'));
  const ref = head?.match(/^ref: (.+)$/)?.[1];
  const commit = ref === undefined ? head : await commitOfRef(gitFolder, ref);
  return commit !== null && commit !== undefined && commitPattern.test(commit) ? commit : null;
}
