/** A stretch of time that all plots of a group share, so that one x is one moment. Milliseconds since 1970, UTC. */
export type TimeRange = { readonly from: number; readonly to: number };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Share of the range that lies before a moment: 0 at its start, 1 at its end. */
export const shareOf = ({ from, to }: TimeRange, at: number): number => (at - from) / (to - from);

/** The moment at a share of the range. */
export const momentAt = ({ from, to }: TimeRange, share: number): number => from + share * (to - from);

/** A share as a length for a style, in percent. */
export const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`;

/** Length of one black or white field of the time rule: readable by eye, and the same on every screen. */
const fieldsMs = [5 * minuteMs, 15 * minuteMs, hourMs, 6 * hourMs, dayMs, 7 * dayMs];
const fieldCountMax = 24;

const labelsMs = [5, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14_400].map((minutes) => minutes * minuteMs);
const labelCountMax = 6;

export type Field = { readonly from: number; readonly to: number; readonly dark: boolean };

/** The fields of the graduated bar. They begin at round times, so the first and last may be cut by the range. */
export function fieldsOf(range: TimeRange): readonly Field[] {
  const step = smallestThatFits(fieldsMs, range, fieldCountMax);
  const fields: Field[] = [];
  for (let number = Math.floor(range.from / step); number * step < range.to; number += 1) {
    fields.push({
      from: Math.max(number * step, range.from),
      to: Math.min((number + 1) * step, range.to),
      dark: number % 2 === 0,
    });
  }
  return fields;
}

export type TimeLabel = { readonly at: number; readonly text: string };

/** Round times to write under the rule. Those that would touch the label of the end of the range are left out. */
export function labelsOf(range: TimeRange): readonly TimeLabel[] {
  const step = smallestThatFits(labelsMs, range, labelCountMax);
  const labels: TimeLabel[] = [];
  for (let at = Math.ceil(range.from / step) * step; at < range.to; at += step) {
    if (shareOf(range, at) < 0.88) labels.push({ at, text: clockOf(at, step) });
  }
  return labels;
}

const smallestThatFits = (steps: readonly number[], { from, to }: TimeRange, countMax: number): number =>
  steps.find((step) => (to - from) / step <= countMax) ?? (to - from) / countMax;

const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** A moment in the words of a rule: `03:11` within a day, `27 Nov` where the steps are days. */
export function clockOf(at: number, step = minuteMs): string {
  if (step >= dayMs) return dayAndMonth.format(at);
  const inDay = ((at % dayMs) + dayMs) % dayMs;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${two(inDay / hourMs)}:${two((inDay % hourMs) / minuteMs)}`;
}
