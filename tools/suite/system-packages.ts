/** Installs what tests need from Debian's packages, where apt may be used without asking anybody. Says first what and how much. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { needs } from '../requirement.ts';

const aptGet = '/usr/bin/apt-get';
const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };

/** What stands before a command so that it runs as root; undefined when this user may not. */
function rootPrefix(): readonly string[] | undefined {
  if (process.getuid?.() === 0) return [];
  const sudo = ['sudo', '-n'];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? sudo : undefined;
}

interface Answer {
  readonly code: number;
  readonly words: string;
}

function asRoot(prefix: readonly string[], args: readonly string[]): Answer {
  const [program = '', ...rest] = [...prefix, aptGet, ...args];
  const { status, stdout, stderr } = spawnSync(program, rest, { env: environment, encoding: 'utf8' });
  return { code: status ?? 1, words: `${stdout}${stderr}` };
}

/** What apt says of the sizes, such as `Need to get 98.1 MB of archives.`; empty when it says nothing. */
export const sizesIn = (words: string): string =>
  words
    .split('\n')
    .filter((line) => /^(Need to get|After this operation)/.test(line))
    .join(' ');

/** Debian's packages that are missing for the tests. */
export const missingPackages = (): readonly string[] =>
  Object.values(needs).flatMap((need) => (need.package !== undefined && !need.isMet() ? [need.package] : []));

/**
 * Installs Debian's packages when apt is there and may be used; otherwise does nothing, and the tests that need them are
 * left out with the reason.
 */
export function installSystemPackages(packages: readonly string[], say: (line: string) => void): void {
  if (packages.length === 0) return;
  const list = packages.join(' and ');
  const prefix = existsSync(aptGet) ? rootPrefix() : undefined;
  if (prefix === undefined) {
    say(`Some tests need ${list}, which this user may not install: they are left out.`);
    return;
  }
  const args = ['install', '--yes', '--no-install-recommends', ...packages];
  // It prints what it would fetch and does nothing: refusing to confirm would not do, as apt asks nobody for a small package.
  const wouldDo = (): Answer => asRoot(prefix, [...args, '--print-uris']);
  let sizes = sizesIn(wouldDo().words);
  if (sizes === '') {
    say('Reading the list of Debian’s packages (apt-get update).');
    asRoot(prefix, ['update']);
    sizes = sizesIn(wouldDo().words);
  }
  say(`Some tests need ${list}. Installing from Debian’s packages: ${sizes}`);
  const { code, words } = asRoot(prefix, args);
  if (code !== 0) say(`apt-get could not install ${list}: those tests are left out.\n${words.trim()}`);
}
