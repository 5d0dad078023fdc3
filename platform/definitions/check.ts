import type { JsonObject } from '../../kernel/json.ts';
import type { InForceDocument } from './facts.ts';
import type { DefinitionDocument, DocumentsInView, Fault, RuleFault } from './kind.ts';
import { documentCountMax, faultCountMax } from './limits.ts';
import { type DefinitionFile, type DocumentReading, type FileReading, keyOf, readDefinitions } from './reading.ts';
import type { Registry } from './registry.ts';
import { viewOf } from './view.ts';

/** Documents in force by `Kind/name`. */
export type InForce = ReadonlyMap<string, InForceDocument>;

/** What a text is held against. */
export interface Surroundings {
  readonly inForce: InForce;
  /** Which documents in force go, when the text does not name them. */
  removes(document: InForceDocument): boolean;
  /** Why this text may not change a document in force, or null when it may. */
  forbids(document: InForceDocument): string | null;
}

/** What was found in a set of files. */
export interface Examination {
  /** Documents without a fault of their own, by `Kind/name`. */
  readonly good: ReadonlyMap<string, DocumentReading>;
  /** Names that the text declares in a faulty way, with the place. */
  readonly faulty: ReadonlyMap<string, DocumentReading>;
  /** Good documents that break a rule, by `Kind/name`. */
  readonly blamed: ReadonlySet<string>;
  /** Documents in force that the text does without. Empty as long as there is any fault. */
  readonly removed: readonly InForceDocument[];
  readonly faults: readonly Fault[];
}

/** The place of a document in words: `teams.yaml:4:1`. */
export const placeOf = ({ file, position }: Pick<DocumentReading, 'file' | 'position'>): string =>
  `${file}:${position.line}:${position.column}`;

const byPlace = (left: Fault, right: Fault): number =>
  left.file < right.file ? -1 : left.file > right.file ? 1 : left.line - right.line || left.column - right.column;

/** Faults in the order of files and lines; beyond the limit, one line says how many there are. */
export function listed(faults: readonly Fault[]): readonly Fault[] {
  const sorted = [...faults].sort(byPlace);
  const last = sorted[faultCountMax];
  if (last === undefined) return sorted;
  const more = sorted.length - faultCountMax;
  const rest = { ...last, message: `${more} more faults from here on; mend those above first.` };
  return [...sorted.slice(0, faultCountMax), rest];
}

/** Documents by name, and a fault for each name that stands twice: both places are said, and neither document is taken. */
function gather(readings: readonly DocumentReading[]): Pick<Examination, 'good' | 'faulty' | 'faults'> {
  const first = new Map<string, DocumentReading>();
  const twice = new Set<string>();
  const faults: Fault[] = [];
  for (const reading of readings) {
    faults.push(...reading.faults);
    if (reading.named === null) continue;
    const key = keyOf(reading.named);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, reading);
      continue;
    }
    twice.add(key);
    const { kind, name } = reading.named;
    const both = `${kind} "${name}" is defined here and at ${placeOf(earlier)}; rename one or take one out.`;
    faults.push(reading.faultAt('/metadata/name', both));
  }
  const isGood = ([key, reading]: readonly [string, DocumentReading]): boolean =>
    reading.faults.length === 0 && !twice.has(key);
  const named = [...first];
  return { good: new Map(named.filter(isGood)), faulty: new Map(named.filter((entry) => !isGood(entry))), faults };
}

const forbidden = (good: Examination['good'], { inForce, forbids }: Surroundings): readonly Fault[] =>
  [...good].flatMap(([key, reading]) => {
    const standing = inForce.get(key);
    const reason = standing === undefined ? null : forbids(standing);
    return reason === null ? [] : [reading.faultAt('/metadata/name', reason)];
  });

/** A fault of a file or folder as a whole. */
export const fileFault = (file: string, message: string): Fault => ({ file, line: 1, column: 1, pointer: '', message });

/** Everything that would be known together: the text over what stays in force. A faulty document counts as declared. */
function bodiesTogether(
  text: Pick<Examination, 'good' | 'faulty'>,
  staying: readonly InForceDocument[],
): Map<string, JsonObject | null> {
  const bodies = new Map<string, JsonObject | null>();
  for (const key of text.faulty.keys()) bodies.set(key, null);
  for (const document of staying) bodies.set(keyOf(document), document.body);
  for (const [key, reading] of text.good) bodies.set(key, reading.body);
  return bodies;
}

/** A fault of a document in force that the text does not show: it has a file, but no line any more. */
const faultInForce = (document: InForceDocument, pointer: string, message: string): Fault => ({
  ...fileFault(document.file, `${document.kind} "${document.name}", which is in force: ${message}`),
  pointer,
});

function ruleFaults(
  text: Pick<Examination, 'good' | 'faulty'>,
  staying: readonly InForceDocument[],
  registry: Registry,
): Pick<Examination, 'faults' | 'blamed'> {
  const view = viewOf(bodiesTogether(text, staying));
  const blamed = new Set<string>();
  const faults: Fault[] = [];
  for (const [key, { named, body, faultAt }] of text.good) {
    const found = rulesOf(registry, named?.kind ?? '', body, view);
    if (found.length > 0) blamed.add(key);
    faults.push(...found.map(({ pointer, message }) => faultAt(pointer, message)));
  }
  for (const document of staying) {
    const key = keyOf(document);
    if (text.good.has(key) || text.faulty.has(key)) continue;
    const found = rulesOf(registry, document.kind, document.body, view);
    faults.push(...found.map(({ pointer, message }) => faultInForce(document, pointer, message)));
  }
  return { faults, blamed };
}

/** What the rules of a kind say about a body; nothing for a kind that this program does not know (any more). */
export const rulesOf = (
  registry: Registry,
  kind: string,
  body: JsonObject,
  view: DocumentsInView,
): readonly RuleFault[] => registry.kindOf(kind)?.rules?.(body, view) ?? [];

function tooMany(readings: readonly DocumentReading[]): readonly Fault[] {
  const message = `there are ${readings.length} documents, expected at most ${documentCountMax}; split the folder.`;
  return readings.slice(documentCountMax, documentCountMax + 1).map((reading) => reading.faultAt('', message));
}

/**
 * Holds a set of files, as they were read, against each other and against what is in force. Pure.
 * @param unread faults of files that could not be read at all
 */
export function examine(
  files: readonly FileReading[],
  unread: readonly Fault[],
  registry: Registry,
  surroundings: Surroundings,
): Examination {
  const readings = files.flatMap(({ documents }) => documents);
  const text = gather(readings);
  const ownFaults = [
    ...unread,
    ...files.flatMap(({ fault }) => fault ?? []),
    ...text.faults,
    ...tooMany(readings),
    ...forbidden(text.good, surroundings),
  ];
  const standing = [...surroundings.inForce.values()];
  const goes = (document: InForceDocument): boolean => {
    const key = keyOf(document);
    return !text.good.has(key) && !text.faulty.has(key) && surroundings.removes(document);
  };
  // A document that is missed may stand in the very text that could not be read. So nothing goes while anything is faulty.
  const removed = ownFaults.length > 0 ? [] : standing.filter(goes);
  const gone = new Set(removed);
  const staying = standing.filter((document) => !gone.has(document));
  const rules = ruleFaults(text, staying, registry);
  const faults = [...ownFaults, ...rules.faults];
  return {
    good: text.good,
    faulty: text.faulty,
    blamed: rules.blamed,
    removed: faults.length > 0 ? [] : removed,
    faults,
  };
}

/** What `check` answers. */
export interface CheckReport {
  /** Documents without a fault of their own. */
  readonly documents: readonly DefinitionDocument[];
  readonly faults: readonly Fault[];
}

/** The good documents of a text. */
export const documentsOf = ({ good }: Examination): readonly DefinitionDocument[] =>
  [...good.values()].flatMap(({ named, file, position, body }) =>
    named === null ? [] : [{ ...named, file, position, body }],
  );

/**
 * Checks files as a person wrote them: every fault with its place. Pure, and never throws, whatever the text.
 * @param inForce documents that the files may refer to without holding them; none when left out
 */
export function check(files: readonly DefinitionFile[], registry: Registry, inForce: InForce = new Map()): CheckReport {
  const readings = files.map((file) => readDefinitions(file, registry));
  const found = examine(readings, [], registry, { inForce, removes: () => false, forbids: () => null });
  return { documents: documentsOf(found), faults: listed(found.faults) };
}
