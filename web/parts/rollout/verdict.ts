/** A verdict as it forms: the interval of a difference narrows until it leaves what is allowed. */

/** The interval at a moment: always valid, so it may be looked at as often as one likes. Percent of difference. */
export type Interval = { readonly at: number; readonly low: number; readonly middle: number; readonly high: number };

export type Verdict = 'worse' | 'no-worse' | 'undecided';

export type Decided = { readonly verdict: Verdict; readonly at: Interval | undefined };

/**
 * The verdict of a row of intervals: the first that lies wholly above what is allowed says worse, the first wholly
 * at or below it says no worse. Until then it is undecided, which is no pale yes.
 * @param allowed the greatest difference that is still good
 */
export function verdictOf(intervals: readonly Interval[], allowed: number): Decided {
  const at = intervals.find(({ low, high }) => low > allowed || high <= allowed);
  if (at === undefined) return { verdict: 'undecided', at };
  return { verdict: at.low > allowed ? 'worse' : 'no-worse', at };
}

export type VerdictFrame = { readonly from: number; readonly to: number; readonly low: number; readonly high: number };

/** Places a difference on the picture; what lies beyond is held at its edge. */
export const box = { left: 40, right: 340, top: 4, bottom: 86 } as const;

const held = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
const round = (value: number): number => Math.round(value * 10) / 10;

export const xOf = ({ from, to }: VerdictFrame, at: number): number =>
  round(box.left + (box.right - box.left) * held((at - from) / (to - from), 0, 1));

export const yOf = ({ low, high }: VerdictFrame, value: number): number =>
  round(box.bottom - (box.bottom - box.top) * held((value - low) / (high - low), 0, 1));

const line = (frame: VerdictFrame, intervals: readonly Interval[], pick: (interval: Interval) => number): string =>
  intervals.map((interval) => `${xOf(frame, interval.at)} ${yOf(frame, pick(interval))}`).join('L');

/** The three drawings of the intervals: the filled band, its two edges, and the line in the middle. */
export function verdictPaths(
  frame: VerdictFrame,
  intervals: readonly Interval[],
): { readonly band: string; readonly edges: string; readonly middle: string } {
  if (intervals.length === 0) return { band: '', edges: '', middle: '' };
  const high = line(frame, intervals, (interval) => interval.high);
  const low = line(frame, intervals, (interval) => interval.low);
  const back = line(frame, intervals.toReversed(), (interval) => interval.low);
  return {
    band: `M${high}L${back}Z`,
    edges: `M${high}M${low}`,
    middle: `M${line(frame, intervals, (interval) => interval.middle)}`,
  };
}
