import Type from 'typebox';
import { idsFrom, realChance } from '../edge/chance.ts';
import { type Clock, realClock } from '../edge/clock.ts';
import type { Journal } from '../journal/journal.ts';
import { openMemoryJournal } from '../journal/memory.ts';
import { type OpenLedger, openLedger } from '../journal/open-ledger.ts';
import { createDefinitions, type Definitions } from './definitions.ts';
import { documentFold, revisionFold } from './facts.ts';
import type { FolderContent } from './folder.ts';
import type { Kind } from './kind.ts';
import type { DefinitionFile } from './reading.ts';
import { createRegistry } from './registry.ts';

/** What the tests of this folder share: ports and ships, of which a ship refers to its port. */

const strict = { additionalProperties: false } as const;
const metadata = Type.Object({ name: Type.String({ pattern: '^[a-z0-9-]+$', maxLength: 20 }) }, strict);

const portKind: Kind = {
  kind: 'Port',
  apiVersion: 'test/v1',
  summary: 'Where ships are at home.',
  schema: Type.Object(
    {
      apiVersion: Type.Literal('test/v1'),
      kind: Type.Literal('Port'),
      metadata,
      spec: Type.Optional(
        Type.Object({ closed: Type.Optional(Type.Boolean()), note: Type.Optional(Type.String()) }, strict),
      ),
    },
    strict,
  ),
};

const shipSchema = Type.Object(
  {
    apiVersion: Type.Literal('test/v1'),
    kind: Type.Literal('Ship'),
    metadata,
    spec: Type.Object(
      { home: Type.String(), draught: Type.Optional(Type.Integer({ minimum: 1, maximum: 30 })) },
      { ...strict, 'x-expected': 'a map with home' },
    ),
  },
  strict,
);

const shipKind: Kind<Type.Static<typeof shipSchema>> = {
  kind: 'Ship',
  apiVersion: 'test/v1',
  summary: 'What carries a load.',
  schema: shipSchema,
  rules: ({ spec }, view) => {
    const fault = (message: string) => [{ pointer: '/spec/home', message }];
    if (!view.has('Port', spec.home)) {
      return fault(`found "${spec.home}", expected the name of a Port.${view.didYouMean('Port', spec.home)}`);
    }
    const port = view.bodyOf('Port', spec.home)?.spec as { readonly closed?: boolean } | undefined;
    return port?.closed === true ? fault(`the Port "${spec.home}" is closed; name an open one.`) : [];
  },
};

export const testRegistry = createRegistry([portKind, shipKind]);

export const port = (name: string, spec = ''): string =>
  `apiVersion: test/v1\nkind: Port\nmetadata:\n  name: ${name}\n${spec === '' ? '' : `spec: ${spec}\n`}`;

export const ship = (name: string, home: string, draught = 5): string =>
  `apiVersion: test/v1\nkind: Ship\nmetadata:\n  name: ${name}\nspec:\n  home: ${home}\n  draught: ${draught}\n`;

export const file = (path: string, ...documents: readonly string[]): DefinitionFile => ({
  path,
  text: documents.join('---\n'),
});

/** A folder as if it had been read. */
export const content = (files: readonly DefinitionFile[], faults: FolderContent['faults'] = []): FolderContent => ({
  folder: '/ops',
  files: [...files].sort((left, right) => (left.path < right.path ? -1 : 1)),
  faults,
  commit: null,
});

/** Definitions over a journal in memory. */
export interface Desk {
  readonly definitions: Definitions;
  readonly journal: Journal;
  readonly ledger: OpenLedger;
  /** Names of what is in force: `Port/kiel`. */
  names(): readonly string[];
  close(): Promise<void>;
}

/** @param options.journal an earlier one, to start again on it */
export async function openDesk(
  options: { readonly journal?: Journal; readonly folder?: string | null; readonly clock?: Clock } = {},
): Promise<Desk> {
  const { journal = openMemoryJournal(), folder = '/ops', clock = realClock } = options;
  const ledger = await openLedger({
    journal,
    clock,
    ids: idsFrom(clock, realChance),
    folds: [documentFold, revisionFold],
  });
  const definitions = createDefinitions({ registry: testRegistry, ledger, journal, folder });
  return {
    definitions,
    journal,
    ledger,
    names: () => definitions.inForce().documents.map(({ kind, name }) => `${kind}/${name}`),
    close: () => ledger.close(),
  };
}
