import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { realClock } from '../edge/clock.ts';
import { commitOf } from './commit.ts';
import { type FolderContent, loadFolder } from './folder.ts';
import { openDesk, port, ship } from './testing.ts';
import { type FolderWatch, watchFolder } from './watch.ts';

const temporary = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-ops-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const write = (folder: string, path: string, text: string): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
};

const pathsOf = ({ files }: FolderContent): readonly string[] => files.map(({ path }) => path);
const messagesOf = ({ faults }: FolderContent): readonly string[] =>
  faults.map((fault) => `${fault.file}: ${fault.message}`);

/** The user that owns nothing, on Debian and elsewhere. */
const nobody = 65_534;

/** Root may read everything, so where the tests run as root the rights are laid down for the time of the call. */
async function asNobody<Value>(call: () => Promise<Value>): Promise<Value> {
  if (process.getuid?.() !== 0) return await call();
  process.seteuid?.(nobody);
  try {
    return await call();
  } finally {
    process.seteuid?.(0);
  }
}

describe('folder: reads', () => {
  test('YAML and JSON in subfolders, in order, and passes over the rest', async (t) => {
    const folder = temporary(t);
    for (const path of [
      'b.yml',
      'a/z.json',
      'a/b/c.yaml',
      '.hidden.yaml',
      '.git/x.yaml',
      'node_modules/x.yaml',
      'run.md',
      'x.yaml~',
    ]) {
      write(folder, path, 'a: 1');
    }
    const found = await loadFolder(folder);
    assert.deepEqual(pathsOf(found), ['a/b/c.yaml', 'a/z.json', 'b.yml']);
    assert.deepEqual([found.faults, found.commit], [[], null]);
  });

  test('a file with a byte order mark', async (t) => {
    const folder = temporary(t);
    write(folder, 'a.yaml', `\ufeff${port('kiel')}`);
    assert.equal((await loadFolder(folder)).files[0]?.text, port('kiel'));
  });

  test('links to files inside, as a mounted ConfigMap has them', async (t) => {
    const folder = temporary(t);
    write(folder, '..2026/ports.yaml', port('kiel'));
    symlinkSync('..2026', join(folder, '..data'));
    symlinkSync('..data/ports.yaml', join(folder, 'ports.yaml'));
    const found = await loadFolder(folder);
    assert.deepEqual([pathsOf(found), found.faults], [['ports.yaml'], []]);
  });
});

describe('folder: refuses', () => {
  test('links that lead out of it, or in a circle', async (t) => {
    const [folder, outside] = [temporary(t), temporary(t)];
    write(outside, 'secret.yaml', 'a: 1');
    symlinkSync(join(outside, 'secret.yaml'), join(folder, 'out.yaml'));
    symlinkSync('.', join(folder, 'circle'));
    symlinkSync('circle.yaml', join(folder, 'circle.yaml'));
    const found = await loadFolder(folder);
    assert.deepEqual(pathsOf(found), []);
    assert.deepEqual(found.faults.map((fault) => fault.file).sort(), ['circle.yaml', 'out.yaml']);
    assert.match(found.faults[0]?.message ?? '', /leads to no file inside the definitions folder/);
  });

  test('a folder that is not there', async (t) => {
    const folder = join(temporary(t), 'gone');
    assert.deepEqual(messagesOf(await loadFolder(folder)), [`${folder}: the folder is not there.`]);
  });

  test('a file that is no UTF-8', async (t) => {
    const folder = temporary(t);
    writeFileSync(join(folder, 'a.yaml'), Buffer.from([0x61, 0xff]));
    assert.deepEqual(messagesOf(await loadFolder(folder)), ['a.yaml: the file is not UTF-8; save it as UTF-8.']);
  });

  test('a file that may not be read', async (t) => {
    const folder = temporary(t);
    write(folder, 'a.yaml', 'a: 1');
    chmodSync(join(folder, 'a.yaml'), 0);
    chmodSync(folder, 0o755);
    const found = await asNobody(() => loadFolder(folder));
    assert.deepEqual(messagesOf(found), ['a.yaml: the file may not be read by this program; give it the right to.']);
  });

  test('a bomb of 50 MB within a second and 200 MB, without reading it', async (t) => {
    const folder = temporary(t);
    writeFileSync(join(folder, 'bomb.yaml'), `a0: &a0 [x]\n${'b: [*a0, *a0]\n'.repeat(100)}`);
    truncateSync(join(folder, 'bomb.yaml'), 50 * 1024 * 1024);
    const start = performance.now();
    const memory = process.memoryUsage().rss;
    const found = await loadFolder(folder);
    assert.deepEqual(messagesOf(found), ['bomb.yaml: the file is larger than 4 MiB; split it.']);
    assert.ok(performance.now() - start < 1_000);
    assert.ok(process.memoryUsage().rss - memory < 200 * 1024 * 1024);
  });
});

describe('commit: of a folder', () => {
  const git = (folder: string, ...words: readonly string[]): string =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...words], {
      encoding: 'utf8',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    }).trim();

  test('is read from a branch, packed refs, a bare head, a subfolder and a worktree', async (t) => {
    const folder = temporary(t);
    const ops = join(folder, 'ops');
    write(folder, 'ops/a.yaml', 'a: 1');
    git(folder, 'init', '-q', '-b', 'main');
    assert.equal(await commitOf(folder), null);
    git(folder, 'add', '.');
    git(folder, 'commit', '-q', '-m', 'one');
    const first = git(folder, 'rev-parse', 'HEAD');
    assert.equal(await commitOf(ops), first);
    git(folder, 'pack-refs', '--all');
    assert.equal(await commitOf(folder), first);
    git(folder, 'worktree', 'add', '-q', join(folder, 'tree'));
    assert.equal(await commitOf(join(folder, 'tree')), first);
    git(folder, 'checkout', '-q', '--detach');
    assert.equal(await commitOf(ops), first);
  });

  test('is none for a folder without git, or with a .git that means nothing', async (t) => {
    const folder = temporary(t);
    write(folder, '.git/HEAD', 'ref: ../../../etc/passwd\n');
    assert.equal(await commitOf(folder), null);
  });
});

describe('watch: a real folder', () => {
  const timing = { quietMs: 40, rescanMs: 60_000 };

  /** Waits for what the watch is to bring about. */
  const until = async (holds: () => boolean): Promise<void> => {
    for (let turn = 0; turn < 500; turn += 1) {
      if (holds()) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.fail('it did not come about within 5 s');
  };

  const start = async (t: TestContext, folder: string, rescanMs = timing.rescanMs) => {
    const desk = await openDesk();
    const taken: FolderContent[] = [];
    const watch: FolderWatch = watchFolder({
      folder,
      clock: realClock,
      timing: { ...timing, rescanMs },
      take: async (found) => {
        taken.push(found);
        return (await desk.definitions.applyFolder(found)).outcome === 'applied';
      },
      onError: (error) => assert.fail(String(error)),
    });
    t.after(async () => {
      await watch.close();
      await desk.close();
    });
    await watch.ready;
    return { desk, taken, watch };
  };

  test('brings changes into force: a save in place, a save by rename, a new folder, a removal', async (t) => {
    const folder = temporary(t);
    write(folder, 'a.yaml', port('kiel'));
    const { desk } = await start(t, folder);
    assert.deepEqual(desk.names(), ['Port/kiel']);
    write(folder, 'a.yaml', `${port('kiel')}---\n${port('oslo')}`);
    await until(() => desk.names().length === 2);
    write(folder, 'a.yaml.tmp', `${port('kiel')}---\n${port('oslo')}---\n${ship('ada', 'oslo')}`);
    renameSync(join(folder, 'a.yaml.tmp'), join(folder, 'a.yaml'));
    await until(() => desk.names().length === 3);
    write(folder, 'new/deep/b.yaml', port('bergen'));
    await until(() => desk.names().includes('Port/bergen'));
    write(folder, 'new/deep/b.yaml', port('narvik'));
    await until(() => desk.names().includes('Port/narvik') && !desk.names().includes('Port/bergen'));
    rmSync(join(folder, 'new'), { recursive: true });
    await until(() => !desk.names().includes('Port/narvik'));
  });

  test('many saves in a row are one revision', async (t) => {
    const folder = temporary(t);
    const { desk, taken } = await start(t, folder);
    for (let save = 0; save < 20; save += 1) write(folder, `p${save}.yaml`, port(`p${save}`));
    await until(() => desk.names().length === 20);
    assert.ok(taken.length <= 5, `${taken.length} looks were taken`);
  });

  test('a folder that comes later, and one that is replaced, are found by the rescan', async (t) => {
    const folder = join(temporary(t), 'ops');
    const { desk } = await start(t, folder, 50);
    assert.match(desk.definitions.faults()[0]?.message ?? '', /the folder is not there/);
    write(folder, 'a.yaml', port('kiel'));
    await until(() => desk.names().length === 1);
    renameSync(folder, `${folder}.old`);
    await until(() => desk.definitions.faults().length === 1);
    assert.deepEqual(desk.names(), ['Port/kiel']);
    write(folder, 'a.yaml', port('oslo'));
    await until(() => desk.names().join() === 'Port/oslo');
  });

  test('what could not be taken is offered again', async (t) => {
    const folder = temporary(t);
    write(folder, 'a.yaml', port('kiel'));
    let offers = 0;
    const watch = watchFolder({
      folder,
      clock: realClock,
      timing,
      take: async () => {
        offers += 1;
        return offers > 1;
      },
      onError: () => undefined,
    });
    await watch.ready;
    await watch.look();
    await watch.look();
    assert.equal(offers, 2);
    await watch.close();
  });

  test('a fault is told and unloads nothing', async (t) => {
    const folder = temporary(t);
    write(folder, 'a.yaml', port('kiel'));
    const { desk } = await start(t, folder);
    write(folder, 'a.yaml', 'kind: [');
    await until(() => desk.definitions.faults().length === 1);
    assert.deepEqual(desk.names(), ['Port/kiel']);
  });
});
