import { documentHref, pluralOf } from '../facts/definition-sentences.ts';
import { usePage } from '../frame/page.ts';
import { Badge, Command, Empty, FactsRow, Section, Table, TitleBlock } from '../parts/index.ts';
import { useResource } from '../resource.ts';
import type { DefinitionsReply, DocumentEntry, Fault } from '../wire.ts';
import { countedOf, openingCountOf, sentenceCase } from '../words.ts';
import { FirstDefinition } from './shared/first-definition.tsx';
import { Shown } from './shared/shown.tsx';
import { faultsUntoldMs, touchesDefinitions } from './shared/touched.ts';

/** What is in force, since which revision, and what could not be read. */
export function DefinitionsPage() {
  usePage({ text: 'Bridge', href: '/' }, { text: 'Definitions' });
  const definitions = useResource<DefinitionsReply>('/api/v1/definitions', touchesDefinitions, faultsUntoldMs);
  return (
    <Shown resource={definitions} what="Definitions">
      {(known) => (known.revision === 0 && known.faults.length === 0 ? <NoDefinitions /> : <Definitions {...known} />)}
    </Shown>
  );
}

function Definitions({ revision, source, documents, faults }: DefinitionsReply) {
  return (
    <>
      <TitleBlock title={titleOf(faults)}>{subtitleOf(faults, source)}</TitleBlock>
      <FactsRow
        facts={[{ name: 'Revision in force', value: revision, note: sourceNote(source) }, ...kindFigures(documents)]}
      />
      {faults.length === 0 ? null : <Faults faults={faults} />}
      <Change isWatched={source?.from === 'folder' || faults.length > 0} />
      <Section name="In force" note="one bad document never unloads a good one">
        <Table
          label="Documents in force"
          rows={documents}
          keyOf={({ kind, name }) => `${kind}/${name}`}
          columns={[
            { key: 'name', head: 'Name', cell: (document) => <Name {...document} /> },
            { key: 'kind', head: 'Kind', cell: ({ kind }) => kind },
            { key: 'revision', head: 'Since revision', align: 'right', cell: (document) => document.revision },
            { key: 'file', head: 'File', cell: ({ file }) => <code>{file}</code> },
          ]}
        />
      </Section>
    </>
  );
}

/** How to change what is in force, before the list of it, which may be long. */
const Change = ({ isWatched }: { isWatched: boolean }) => (
  <Section name="Change them" note={isWatched ? 'by saving a file' : 'by folder, command line or API'}>
    {isWatched ? (
      <p class="dense sub gap">
        Save a file in the watched folder. It is checked first, and comes into force by itself.
      </p>
    ) : (
      <div class="commands">
        <Command label="Shows what would change" text="npx plimsoll diff ops" />
        <Command label="Puts it in force" text="npx plimsoll apply ops" />
      </div>
    )}
    <p class="note">
      The schema of each kind is at <a href="/api/v1/schemas">/api/v1/schemas</a>; editors complete and check with it.
    </p>
  </Section>
);

const titleOf = (faults: readonly Fault[]): string =>
  faults.length === 0
    ? 'All that is written is in force'
    : `${openingCountOf(faults.length, 'fault')} to mend; what was good before stays in force`;

const subtitleOf = (faults: readonly Fault[], source: DefinitionsReply['source']): string => {
  if (faults.length > 0)
    return 'Mend the places below in the folder and save: it is read again within a second or two.';
  return source?.from === 'folder'
    ? 'The folder is watched: what is saved there is checked and applied within a second or two.'
    : 'Definitions say what is wanted. Each applied revision is a fact in the journal, with who, when and what.';
};

const sourceNote = (source: DefinitionsReply['source']): string => {
  if (source === null) return 'nothing applied yet';
  const way = source.from === 'folder' ? 'from the folder' : 'applied';
  return source.commit === null ? way : `${way}, commit ${source.commit.slice(0, 7)}`;
};

const kindFigures = (documents: readonly DocumentEntry[]) =>
  [...Map.groupBy(documents, ({ kind }) => kind)].map(([kind, all]) => ({
    name: sentenceCase(pluralOf(kind)),
    value: all.length,
  }));

function Faults({ faults }: { faults: readonly Fault[] }) {
  return (
    <Section name="To mend" note={countedOf(faults.length, 'fault')}>
      <ul class="faults">
        {faults.map((fault) => (
          <li key={`${fault.file}:${fault.line}:${fault.column}:${fault.message}`}>
            <Badge kind="watch">fault</Badge>
            <div>
              <code>
                {fault.file}:{fault.line}:{fault.column}
              </code>
              <p>{fault.message}</p>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Name(document: DocumentEntry) {
  const href = documentHref(document);
  return href === undefined ? (
    <b>{document.name}</b>
  ) : (
    <a class="name" href={href}>
      {document.name}
    </a>
  );
}

const NoDefinitions = () => (
  <>
    <TitleBlock title="Nothing is defined yet">
      Definitions say what is wanted: services, teams, and later objectives, schedules and policies. They are files
      under version control, checked before they come into force.
    </TitleBlock>
    <Section name="The first definition" note="one file, one command">
      <Empty title="Write the first one" actions={<FirstDefinition />}>
        Each applied revision is a fact with who, when and what, and one bad document never unloads a good one.
      </Empty>
    </Section>
  </>
);
