import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Fact } from '../../kernel/fact.ts';
import { batchFactCountMax, type Journal } from '../journal/journal.ts';
import { fileFault } from './check.ts';
import { decideRevision } from './decide.ts';
import type { Definitions } from './definitions.ts';
import type { FolderContent } from './folder.ts';
import { revisionFactCountMax } from './limits.ts';
import type { DefinitionFile } from './reading.ts';
import { content, type Desk, file, openDesk, port, ship } from './testing.ts';

const ana = { actor: 'user:usr_ana', cause: 'request:1' } as const;

const factsOf = async (journal: Journal): Promise<readonly Fact[]> => {
  const facts: Fact[] = [];
  for await (const page of journal.read({ after: 0 })) facts.push(...page);
  return facts;
};

const sent = (files: readonly DefinitionFile[], more: { prune?: boolean; commit?: string } = {}) => ({
  files,
  prune: more.prune ?? false,
  commit: more.commit ?? null,
});

const good = [file('ports.yaml', port('kiel'), port('oslo')), file('ships.yaml', ship('ada', 'kiel'))];

describe('definitions: a folder comes into force', () => {
  test('as one batch: a fact for each document, and the revision last', async () => {
    const desk = await openDesk();
    const result = await desk.definitions.applyFolder({ ...content(good), commit: 'c0ffee' });
    assert.equal(result.outcome, 'applied');
    const facts = await factsOf(desk.journal);
    assert.deepEqual(
      facts.map(({ type, subject, actor }) => [type, subject, actor]),
      [
        ['definition.set', 'definition/Port/kiel', 'system:definitions-folder'],
        ['definition.set', 'definition/Port/oslo', 'system:definitions-folder'],
        ['definition.set', 'definition/Ship/ada', 'system:definitions-folder'],
        ['definitions.revision-applied', 'definitions/in-force', 'system:definitions-folder'],
      ],
    );
    assert.deepEqual(facts.at(-1)?.data, {
      revision: 1,
      source: { from: 'folder', commit: 'c0ffee' },
      added: ['Port/kiel', 'Port/oslo', 'Ship/ada'],
      changed: [],
      moved: [],
      removed: [],
      diff: [],
      diffLeftOut: 0,
    });
    await desk.close();
  });

  test('the same content twice makes no fact', async () => {
    const desk = await openDesk();
    await desk.definitions.applyFolder(content(good));
    const head = await desk.journal.head();
    await desk.definitions.applyFolder(content(good.map((each) => ({ ...each, text: `# a comment\n${each.text}` }))));
    assert.deepEqual(await desk.journal.head(), head);
    assert.equal(desk.definitions.inForce().revision, 1);
    await desk.close();
  });

  test('a change says what was before and after', async () => {
    const desk = await openDesk();
    await desk.definitions.applyFolder(content(good));
    await desk.definitions.applyFolder(
      content([file('ports.yaml', port('kiel'), port('oslo')), file('ships.yaml', ship('ada', 'oslo', 5))]),
    );
    const revision = (await factsOf(desk.journal)).at(-1);
    assert.deepEqual(revision?.data.changed, ['Ship/ada']);
    assert.deepEqual(revision?.data.diff, [
      { document: 'Ship/ada', pointer: '/spec/home', before: 'kiel', after: 'oslo' },
    ]);
    await desk.close();
  });

  test('a document that moves to another file stays, and so does its history', async () => {
    const desk = await openDesk();
    await desk.definitions.applyFolder(content(good));
    await desk.definitions.applyFolder(content([file('all.yaml', port('kiel'), port('oslo'), ship('ada', 'kiel'))]));
    const history = await desk.definitions.historyOf('Ship', 'ada', 10);
    assert.deepEqual(
      history.map(({ change, file: path, revision }) => [change, path, revision]),
      [
        ['moved', 'all.yaml', 2],
        ['added', 'ships.yaml', 1],
      ],
    );
    await desk.close();
  });

  test('a document that vanished goes, and its history stays', async () => {
    const desk = await openDesk();
    await desk.definitions.applyFolder(content(good));
    await desk.definitions.applyFolder(content([file('ports.yaml', port('kiel'), port('oslo'))]));
    assert.deepEqual(desk.names(), ['Port/kiel', 'Port/oslo']);
    assert.equal((await desk.definitions.historyOf('Ship', 'ada', 10))[0]?.change, 'removed');
    await desk.definitions.applyFolder(content(good));
    assert.deepEqual(desk.names(), ['Port/kiel', 'Port/oslo', 'Ship/ada']);
    await desk.close();
  });

  test('a restart without the folder keeps all of it', async () => {
    const desk = await openDesk();
    await desk.definitions.applyFolder(content(good));
    await desk.close();
    const again = await openDesk({ journal: desk.journal, folder: null });
    assert.deepEqual(again.names(), ['Port/kiel', 'Port/oslo', 'Ship/ada']);
    assert.equal(again.definitions.inForce().find('Ship', 'ada')?.file, 'ships.yaml');
    await again.close();
  });
});

describe('definitions: a fault unloads nothing', () => {
  const after = async (...contents: readonly FolderContent[]) => {
    const desk = await openDesk();
    for (const each of contents) await desk.definitions.applyFolder(each);
    const specs = new Map(desk.definitions.inForce().documents.map(({ name, body }) => [name, body.spec]));
    const outcome = { names: desk.names(), faults: desk.definitions.faults(), specs };
    await desk.close();
    return outcome;
  };

  test('a file that cannot be read as YAML keeps what it said before', async () => {
    const { names, faults } = await after(
      content(good),
      content([file('ports.yaml', 'a: [\n'), file('ships.yaml', ship('ada', 'kiel'))]),
    );
    assert.deepEqual(names, ['Port/kiel', 'Port/oslo', 'Ship/ada']);
    assert.deepEqual(
      faults.map(({ file: at, line, message }) => [at, line, message]),
      [['ports.yaml', 2, 'a "{" or "[" above is not closed; close it.']],
    );
  });

  test('a faulty document keeps its former self; its neighbours in the file go on', async () => {
    const mixed = [
      file('ports.yaml', port('kiel'), port('oslo')),
      file('ships.yaml', ship('ada', 'kiel', 99), ship('bea', 'oslo')),
    ];
    const { names, faults, specs } = await after(content(good), content(mixed));
    assert.deepEqual(names, ['Port/kiel', 'Port/oslo', 'Ship/ada', 'Ship/bea']);
    assert.deepEqual(specs.get('ada'), { home: 'kiel', draught: 5 });
    assert.equal(faults.length, 1);
  });

  test('nothing is removed while anything is faulty: the missing one may stand in the text that cannot be read', async () => {
    const { names } = await after(
      content(good),
      content([file('ports.yaml', port('kiel')), file('ships.yaml', 'a: [\n')]),
    );
    assert.deepEqual(names, ['Port/kiel', 'Port/oslo', 'Ship/ada']);
  });

  test('what is still referred to is not removed, and the reference is told', async () => {
    const { names, faults } = await after(
      content(good),
      content([file('ports.yaml', port('oslo')), file('ships.yaml', ship('ada', 'kiel'))]),
    );
    assert.deepEqual(names, ['Port/kiel', 'Port/oslo', 'Ship/ada']);
    assert.deepEqual(
      faults.map(({ file: at, line, message }) => [at, line, message]),
      [['ships.yaml', 6, 'found "kiel", expected the name of a Port.']],
    );
  });

  test('a good document that needs a faulty new one waits, and says for what', async () => {
    const { names, faults } = await after(
      content([file('ports.yaml', port('bergen', '{closed: 1}')), file('ships.yaml', ship('ada', 'bergen'))]),
    );
    assert.deepEqual(names, []);
    assert.deepEqual(
      faults.map(({ file: at, message }) => `${at}: ${message}`),
      [
        'ports.yaml: found 1, expected true or false.',
        'ships.yaml: not in force yet: found "bergen", expected the name of a Port. It is declared at ports.yaml:1:1, with faults; mend those first.',
      ],
    );
  });

  test('a change that would break a document in force waits; other changes do not', async () => {
    const closing = [
      file('ports.yaml', port('kiel', '{closed: true}'), port('oslo', '{note: new}')),
      file('ships.yaml', ship('ada', 'kiel')),
    ];
    const { specs, faults } = await after(content(good), content(closing));
    assert.equal(specs.get('kiel'), undefined);
    assert.deepEqual(specs.get('oslo'), { note: 'new' });
    assert.ok(faults.some(({ message }) => message === 'the Port "kiel" is closed; name an open one.'));
  });

  test('an empty folder is taken for one that is not mounted; an empty file says that it is meant', async () => {
    const empty = await after(content(good), content([]));
    assert.equal(empty.names.length, 3);
    assert.match(empty.faults[0]?.message ?? '', /holds no definition file, and 3 documents of it stay in force/);
    const meant = await after(content(good), content([file('empty.yaml', '')]));
    assert.deepEqual([meant.names, meant.faults], [[], []]);
  });

  test('a folder that cannot be read is a fault and nothing else', async () => {
    const { names, faults } = await after(content(good), content([], [fileFault('/ops', 'the folder is not there.')]));
    assert.equal(names.length, 3);
    assert.equal(faults.length, 1);
  });
});

describe('definitions: files that are sent', () => {
  test('are applied whole, with actor, cause and commit', async () => {
    const desk = await openDesk();
    const result = await desk.definitions.apply(sent(good, { commit: 'c0ffee1' }), ana);
    assert.equal(result.outcome === 'applied' && result.revision, 1);
    const last = (await factsOf(desk.journal)).at(-1);
    assert.deepEqual(
      [last?.actor, last?.cause, last?.data.source],
      ['user:usr_ana', 'request:1', { from: 'api', commit: 'c0ffee1' }],
    );
    await desk.close();
  });

  test('are refused whole for one fault', async () => {
    const desk = await openDesk();
    const result = await desk.definitions.apply(sent([file('a.yaml', port('kiel'), ship('ada', 'keil'))]), ana);
    assert.deepEqual(result.outcome === 'faulty' && result.faults.map(({ line, message }) => [line, message]), [
      [11, 'found "keil", expected the name of a Port. Did you mean "kiel"?'],
    ]);
    assert.equal((await desk.journal.head()).seq, 0);
    await desk.close();
  });

  test('may refer to what is in force, and remove only with prune', async () => {
    const desk = await openDesk();
    await desk.definitions.apply(sent(good), ana);
    await desk.definitions.apply(sent([file('more.yaml', ship('bea', 'oslo'))]), ana);
    assert.equal(desk.names().length, 4);
    const broken = await desk.definitions.apply(sent([file('ships.yaml', ship('ada', 'kiel'))], { prune: true }), ana);
    assert.equal(broken.outcome, 'faulty');
    await desk.definitions.apply(sent([file('all.yaml', port('oslo'), ship('bea', 'oslo'))], { prune: true }), ana);
    assert.deepEqual(desk.names(), ['Port/oslo', 'Ship/bea']);
    await desk.close();
  });

  test('do not change what the folder keeps, unless there is no folder any more', async () => {
    const desk = await openDesk();
    await desk.definitions.applyFolder(content(good));
    const change = sent([file('x.yaml', ship('ada', 'oslo'))]);
    const result = await desk.definitions.apply(change, ana);
    assert.match(
      (result.outcome === 'faulty' && result.faults[0]?.message) || '',
      /Ship "ada" is kept by the definitions folder \/ops \(ships\.yaml\); change it there\./,
    );
    assert.equal(
      (await desk.definitions.apply(sent([file('x.yaml', port('bergen'))], { prune: true }), ana)).outcome,
      'applied',
    );
    assert.equal(desk.names().length, 4);
    await desk.close();
    const again = await openDesk({ journal: desk.journal, folder: null });
    assert.equal((await again.definitions.apply(change, ana)).outcome, 'applied');
    await again.close();
  });

  test('two files of one path are refused', async () => {
    const desk = await openDesk();
    const report = await desk.definitions.check([file('a.yaml', port('kiel')), file('a.yaml', port('oslo'))]);
    assert.match(report.faults[0]?.message ?? '', /two files of this path were sent/);
    await desk.close();
  });

  test('a revision that the journal could not take at once is refused', () => {
    assert.equal(revisionFactCountMax, batchFactCountMax);
    const step = { kind: 'Port', name: 'kiel', file: 'a.yaml', change: 'added', body: {}, diff: [] } as const;
    const source = { from: 'api', commit: null } as const;
    const decision = decideRevision([step, step, step], 0, source, 3);
    assert.equal(
      decision.outcome === 'refused' && decision.detail,
      'this revision touches 3 documents, expected at most 2 at once; apply it in parts',
    );
  });

  test('diff tells what apply would do, and does nothing', async () => {
    const desk = await openDesk();
    await desk.definitions.apply(sent(good), ana);
    const head = await desk.journal.head();
    const report = await desk.definitions.diff(
      sent([file('ships.yaml', ship('ada', 'oslo')), file('new.yaml', port('bergen'))], { prune: false }),
    );
    assert.deepEqual(
      report.steps.map(({ kind, name, change }) => `${change} ${kind}/${name}`),
      ['changed Ship/ada', 'added Port/bergen'],
    );
    assert.deepEqual(await desk.journal.head(), head);
    await desk.close();
  });

  test('two writers at once: both are applied, one after the other', async () => {
    const desk = await openDesk();
    const other = await openDesk({ journal: desk.journal });
    const results = await Promise.all([
      desk.definitions.apply(sent([file('a.yaml', port('kiel'))]), ana),
      other.definitions.apply(sent([file('b.yaml', port('oslo'))]), ana),
    ]);
    assert.deepEqual(results.map((result) => result.outcome === 'applied' && result.revision).sort(), [1, 2]);
    await Promise.all([desk.close(), other.close()]);
  });
});

describe('definitions: any sequence of folders', () => {
  const text = fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .constantFrom('kiel', 'oslo', 'bergen')
        .chain((name) => fc.constantFrom(port(name), port(name, '{closed: true}'), port(name, '{note: x}'))),
    },
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.constantFrom('ada', 'bea', 'cleo'), fc.constantFrom('kiel', 'oslo', 'bergen'))
        .map(([name, home]) => ship(name, home)),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(port('kiel', '{closed: 1}'), ship('ada', 'nowhere'), 'kind: Prt\n', '- x\n', 'a: [\n'),
    },
  );
  const folder = fc.dictionary(fc.constantFrom('a.yaml', 'b.yaml', 'c.yaml'), fc.array(text, { maxLength: 4 }));

  type State = readonly [files: Readonly<Record<string, readonly string[]>>, isUnreadable: boolean];

  const assertHoldsTogether = (definitions: Definitions): void => {
    for (const { body } of definitions.inForce().documentsOf('Ship')) {
      const { home } = body.spec as { home: string };
      const found = definitions.inForce().find('Port', home)?.body;
      assert.ok(found !== undefined && (found.spec as { closed?: boolean } | undefined)?.closed !== true);
    }
  };

  const pass = async (desk: Desk, [files, isUnreadable]: State): Promise<void> => {
    const before = desk.names();
    const faults = isUnreadable ? [fileFault('d.yaml', 'the file may not be read.')] : [];
    const read = Object.entries(files).map(([path, texts]) => file(path, ...texts));
    assert.equal((await desk.definitions.applyFolder(content(read, faults))).outcome, 'applied');
    const after = new Set(desk.names());
    const gone = before.filter((name) => !after.has(name));
    if (desk.definitions.faults().length > 0) assert.deepEqual(gone, []);
    assertHoldsTogether(desk.definitions);
  };

  test('never unloads a document while a text is faulty, and what is in force always holds together', async () => {
    const states: fc.Arbitrary<State[]> = fc.array(fc.tuple(folder, fc.boolean()), { minLength: 1, maxLength: 6 });
    const property = fc.asyncProperty(states, async (each) => {
      const desk = await openDesk();
      for (const state of each) await pass(desk, state);
      await desk.close();
    });
    await fc.assert(property, { numRuns: Number(process.env.PLIMSOLL_FUZZ_RUNS ?? 150) });
  });
});
