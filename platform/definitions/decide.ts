import { accept, type Decision, refuse } from '../../kernel/decision.ts';
import { canonicalJson, type JsonObject } from '../../kernel/json.ts';
import type { Examination, InForce } from './check.ts';
import { type Difference, differencesOf } from './diff.ts';
import {
  type Change,
  type DefinitionDraft,
  type DefinitionRemoved,
  type DefinitionSet,
  documentSubject,
  inForceSubject,
  type RevisionApplied,
} from './facts.ts';
import type { Source } from './kind.ts';
import { diffEntryCountMax } from './limits.ts';
import { type DocumentReading, keyOf } from './reading.ts';

/** One document that a revision touches. */
export interface Step {
  readonly kind: string;
  readonly name: string;
  readonly file: string;
  readonly change: Change | 'removed';
  readonly body: JsonObject;
  readonly diff: readonly Difference[];
}

const changeOf = (
  reading: DocumentReading,
  standing: ReturnType<InForce['get']>,
  from: Source['from'],
): Change | null => {
  if (standing === undefined) return 'added';
  if (canonicalJson(standing.body) !== canonicalJson(reading.body)) return 'changed';
  return standing.file === reading.file && standing.source.from === from ? null : 'moved';
};

function stepOf(reading: DocumentReading, inForce: InForce, from: Source['from']): readonly Step[] {
  if (reading.named === null) return [];
  const standing = inForce.get(keyOf(reading.named));
  const change = changeOf(reading, standing, from);
  if (change === null) return [];
  const diff = change === 'changed' ? differencesOf(standing?.body, reading.body) : [];
  return [{ ...reading.named, file: reading.file, change, body: reading.body, diff }];
}

/** What a revision does, document by document. The same text twice makes no step. Pure. */
export function stepsOf(
  adopted: ReadonlyMap<string, DocumentReading>,
  removed: Examination['removed'],
  inForce: InForce,
  from: Source['from'],
): readonly Step[] {
  const set = [...adopted.values()].flatMap((reading) => stepOf(reading, inForce, from));
  const gone = removed.map(
    ({ kind, name, file, body }): Step => ({ kind, name, file, change: 'removed', body, diff: [] }),
  );
  return [...set, ...gone];
}

const draftOf = (step: Step, revision: number, source: Source): DefinitionSet | DefinitionRemoved => {
  const { kind, name, file, change, body, diff } = step;
  const subject = documentSubject(step);
  if (change === 'removed')
    return { type: 'definition.removed', subject, data: { kind, name, revision, source, file } };
  return { type: 'definition.set', subject, data: { kind, name, revision, source, file, change, body, diff } };
};

const namesOf = (steps: readonly Step[], change: Step['change']): readonly string[] =>
  steps.filter((step) => step.change === change).map(keyOf);

function revisionDraft(steps: readonly Step[], revision: number, source: Source): RevisionApplied {
  const diff = steps.flatMap((step) => step.diff.map((entry) => ({ document: keyOf(step), ...entry })));
  return {
    type: 'definitions.revision-applied',
    subject: inForceSubject,
    data: {
      revision,
      source,
      added: namesOf(steps, 'added'),
      changed: namesOf(steps, 'changed'),
      moved: namesOf(steps, 'moved'),
      removed: namesOf(steps, 'removed'),
      diff: diff.slice(0, diffEntryCountMax),
      diffLeftOut: Math.max(0, diff.length - diffEntryCountMax),
    },
  };
}

/**
 * The facts of one revision; none when nothing changes.
 * @param standingRevision the number in force
 * @param factCountMax how many facts the journal takes at once
 */
export function decideRevision(
  steps: readonly Step[],
  standingRevision: number,
  source: Source,
  factCountMax: number,
): Decision<DefinitionDraft> {
  if (steps.length === 0) return accept();
  if (steps.length >= factCountMax) {
    const most = factCountMax - 1;
    return refuse(
      'revision-too-large',
      `this revision touches ${steps.length} documents, expected at most ${most} at once; apply it in parts`,
      { limit: most },
    );
  }
  const revision = standingRevision + 1;
  return accept<DefinitionDraft>(
    ...steps.map((step) => draftOf(step, revision, source)),
    revisionDraft(steps, revision, source),
  );
}
