/**
 * What checking definitions costs: 5,000 services of 50 teams, one in each file and all in one file, and a YAML bomb of 50 MB.
 * Run: node bench/definitions.ts
 */
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { catalogKinds } from '../capabilities/catalog/index.ts';
import { check, createRegistry, type DefinitionFile, loadFolder } from '../platform/definitions/index.ts';

const serviceCount = 5_000;
const teamCount = 50;

const team = (number: number): string =>
  `apiVersion: plimsoll/v1\nkind: Team\nmetadata:\n  name: team-${number}\n  title: Team ${number}\n`;

const service = (number: number): string => `apiVersion: plimsoll/v1
kind: Service
metadata:
  name: service-${number}
  title: Service number ${number}
  labels:
    area: payments
    language: typescript
spec:
  owner: team-${number % teamCount}
  tier: ${1 + (number % 4)}
  description: Takes the money for number ${number}.
  dependencies:
    - service: service-${(number + 1) % serviceCount}
      strength: hard
    - service: service-${(number + 7) % serviceCount}
      strength: soft
  links:
    - title: Dashboard
      url: https://grafana.example.com/d/${number}
  repository: https://git.example.com/shop/service-${number}
`;

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, number) => number);
const teams: DefinitionFile = { path: 'teams.yaml', text: numbers(teamCount).map(team).join('---\n') };
const registry = createRegistry(catalogKinds);

interface Start {
  readonly ms: number;
  readonly cpu: NodeJS.CpuUsage;
}

const begin = (): Start => ({ ms: performance.now(), cpu: process.cpuUsage() });

/** Wall time, and the time of all cores (collecting garbage runs beside), which a busy machine does not stretch. */
const report = (what: string, start: Start, rest: string): void => {
  const { user, system } = process.cpuUsage(start.cpu);
  const wallMs = Math.round(performance.now() - start.ms);
  const cpuMs = Math.round((user + system) / 1_000);
  console.log(`${what.padEnd(46)} ${String(wallMs).padStart(6)} ms  (${String(cpuMs).padStart(5)} ms of CPU)  ${rest}`);
};

function checkText(what: string, files: readonly DefinitionFile[]): void {
  const start = begin();
  const { documents, faults } = check(files, registry);
  report(what, start, `${documents.length} documents, ${faults.length} faults`);
}

async function checkFolder(folder: string): Promise<void> {
  const start = begin();
  const { files } = await loadFolder(folder);
  const { documents, faults } = check(files, registry);
  report(
    'folder of one document a file, with reading it',
    start,
    `${documents.length} documents, ${faults.length} faults`,
  );
}

async function refuseBomb(folder: string): Promise<void> {
  const bomb = join(folder, 'bomb');
  mkdirSync(bomb);
  writeFileSync(join(bomb, 'bomb.yaml'), 'a0: &a0 [x]\n');
  truncateSync(join(bomb, 'bomb.yaml'), 50 * 1024 * 1024);
  const memory = process.memoryUsage().rss;
  const start = begin();
  const { faults } = await loadFolder(bomb);
  const mib = Math.round((process.memoryUsage().rss - memory) / 1024 / 1024);
  report('YAML bomb of 50 MB', start, `${mib} MiB more memory; ${faults[0]?.message ?? 'NOT REFUSED'}`);
}

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
try {
  const machine = cpus();
  console.log(
    `${machine.length} × ${machine[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}\n`,
  );
  const single = numbers(serviceCount).map((number) => ({ path: `services/${number}.yaml`, text: service(number) }));
  checkText('5,000 services, one a file, first run', [teams, ...single]);
  checkText('5,000 services, one a file, again', [teams, ...single]);
  checkText('5,000 services in one file', [
    teams,
    { path: 'all.yaml', text: single.map(({ text }) => text).join('---\n') },
  ]);
  const files = join(folder, 'ops');
  mkdirSync(join(files, 'services'), { recursive: true });
  for (const { path, text } of [teams, ...single]) writeFileSync(join(files, path), text);
  await checkFolder(files);
  await refuseBomb(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
