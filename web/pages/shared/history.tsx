import { kindWords, placeWords } from '../../facts/definition-sentences.ts';
import { type Moment, Timeline } from '../../parts/index.ts';
import { actorOf, type Names } from '../../sentences.ts';
import { calmNow } from '../../time.ts';
import type { HistoryStep } from '../../wire.ts';
import { hourOf, isSameDay, listOf, sentenceCase, whenOf } from '../../words.ts';

const verbs: Readonly<Record<HistoryStep['change'], string>> = {
  added: 'declared',
  changed: 'changed',
  moved: 'moved',
  removed: 'removed',
};

/** A value as a person wrote it: texts bare, the rest as JSON. */
const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** `tier from 2 to 1` when one plain value changed, else the names of what changed. */
function changeWords({ change, diff, file }: HistoryStep): string {
  if (change === 'moved') return `Moved to ${file}`;
  if (change !== 'changed') return sentenceCase(verbs[change]);
  const [first] = diff;
  if (diff.length === 1 && first?.before !== undefined && first.after !== undefined)
    return sentenceCase(`${placeWords(first.pointer)} from ${written(first.before)} to ${written(first.after)}`);
  return sentenceCase(`${listOf([...new Set(diff.map(({ pointer }) => placeWords(pointer)))])} changed`);
}

const sourceWords = ({ from, commit, file }: HistoryStep): string =>
  `${from === 'folder' ? 'folder' : 'applied'}, ${commit === null ? file : `commit ${commit.slice(0, 7)}`}`;

/** Who changed a document, when and how, newest first. @param name the document, for those who hear the list */
export function History({
  name,
  kind,
  steps,
  names,
}: {
  name: string;
  kind: string;
  steps: readonly HistoryStep[];
  names: Names;
}) {
  const now = calmNow.value;
  const moments = steps.map(
    (step): Moment => ({
      key: `${step.revision}`,
      clock: isSameDay(step.at, now) ? hourOf(step.at) : `r${step.revision}`,
      iso: new Date(step.at).toISOString(),
      glyph: step.change === 'removed' ? 'close' : 'configuration',
      text: changeWords(step),
      by: `${isSameDay(step.at, now) ? '' : `${whenOf(step.at, now)}, `}by ${actorOf(step.actor, names)}, revision ${step.revision}, ${sourceWords(step)}`,
    }),
  );
  return <Timeline label={`Changes of ${kindWords(kind)} ${name}`} moments={moments} />;
}
