import { shareOf, type TimeRange } from './range.ts';

/** What was measured at a moment; `null` where nothing was. A gap is never drawn as nought. */
export type Sample = readonly [at: number, value: number | null];

/** The field plots are drawn on; it is stretched to the size of the plot. */
export const fieldWidth = 1000;
export const fieldHeight = 100;

/** Places samples on the field. */
export type Frame = { readonly range: TimeRange; readonly top: number };

type Point = { readonly x: number; readonly y: number };

export const yOf = ({ top }: Frame, value: number): number => fieldHeight * (1 - value / top);
const xOf = ({ range }: Frame, at: number): number => fieldWidth * shareOf(range, at);

const round = (value: number): number => Math.round(value * 10) / 10;
const joined = (points: readonly Point[]): string => points.map(({ x, y }) => `${round(x)} ${round(y)}`).join('L');

/** Stretches of samples without a gap. */
export function runsOf(samples: readonly Sample[]): readonly (readonly (readonly [number, number])[])[] {
  const runs: (readonly [number, number])[][] = [[]];
  for (const [at, value] of samples) {
    if (value === null) runs.push([]);
    else runs.at(-1)?.push([at, value]);
  }
  return runs.filter((run) => run.length > 0);
}

const pointsOf = (frame: Frame, run: readonly (readonly [number, number])[]): readonly Point[] =>
  run.map(([at, value]) => ({ x: xOf(frame, at), y: yOf(frame, value) }));

/** The line of a series, broken at its gaps. */
export const linePath = (frame: Frame, samples: readonly Sample[]): string =>
  runsOf(samples)
    .map((run) => `M${joined(pointsOf(frame, run))}`)
    .join('');

/** The area under a series, for quantities that add up. */
export const areaPath = (frame: Frame, samples: readonly Sample[]): string =>
  runsOf(samples)
    .map((run) => {
      const points = pointsOf(frame, run);
      return `M${round(points[0]?.x ?? 0)} ${fieldHeight}L${joined(points)}V${fieldHeight}Z`;
    })
    .join('');

/** What was usual at a moment, from the lowest to the highest. */
export type Usual = readonly [at: number, low: number, high: number];

/** The band of what is usual. */
export function bandPath(frame: Frame, band: readonly Usual[]): string {
  if (band.length === 0) return '';
  const high = pointsOf(
    frame,
    band.map(([at, , high]) => [at, high]),
  );
  const low = pointsOf(
    frame,
    band.map(([at, low]) => [at, low]),
  ).toReversed();
  return `M${joined(high)}L${joined(low)}Z`;
}

/**
 * The areas between a series and the upper edge of what is usual, where it lies over it. Both must have the same
 * moments. Where they cross between two samples, the area begins exactly at the crossing.
 */
export function excessPath(frame: Frame, samples: readonly Sample[], band: readonly Usual[]): string {
  const areas: { over: Point[]; edge: Point[] }[] = [];
  let open: { over: Point[]; edge: Point[] } | undefined;
  const add = (at: number, value: number, edge: number): void => {
    open ??= areas[areas.push({ over: [], edge: [] }) - 1];
    open?.over.push({ x: xOf(frame, at), y: yOf(frame, value) });
    open?.edge.push({ x: xOf(frame, at), y: yOf(frame, edge) });
  };
  for (const { at, value, edge } of crossed(samples, band)) {
    if (value === null || value < edge) open = undefined;
    else add(at, value, edge);
  }
  return areas
    .filter(({ over }) => over.length > 1)
    .map(({ over, edge }) => `M${joined(over)}L${joined(edge.toReversed())}Z`)
    .join('');
}

type Against = { readonly at: number; readonly value: number | null; readonly edge: number };

/** Samples beside the edge, with the crossings put in between. */
function crossed(samples: readonly Sample[], band: readonly Usual[]): readonly Against[] {
  const out: Against[] = [];
  for (const [index, [at, value]] of samples.entries()) {
    const next: Against = { at, value, edge: band[index]?.[2] ?? Number.POSITIVE_INFINITY };
    const crossing = crossingOf(out.at(-1), next);
    if (crossing !== undefined) out.push(crossing);
    out.push(next);
  }
  return out;
}

function crossingOf(before: Against | undefined, after: Against): Against | undefined {
  if (before === undefined || before.value === null || after.value === null) return undefined;
  const from = before.value - before.edge;
  const to = after.value - after.edge;
  if (!(from * to < 0)) return undefined;
  const share = from / (from - to);
  const value = before.value + share * (after.value - before.value);
  return { at: before.at + share * (after.at - before.at), value, edge: value };
}

export type Gap = { readonly from: number; readonly to: number; readonly value: number };

/** Where data is missing after some was seen: from the last sample to the next one or the end of the range. */
export function gapsOf(samples: readonly Sample[], range: TimeRange): readonly Gap[] {
  const gaps: Gap[] = [];
  let last: { at: number; value: number; broken: boolean } | undefined;
  for (const [at, value] of samples) {
    if (value === null) {
      if (last !== undefined) last = { ...last, broken: true };
      continue;
    }
    if (last?.broken === true) gaps.push({ from: last.at, to: at, value: last.value });
    last = { at, value, broken: false };
  }
  if (last?.broken === true && last.at < range.to) gaps.push({ from: last.at, to: range.to, value: last.value });
  return gaps;
}

/** The dashed run-on over the gaps, at the last value that was known. */
export const runOnPath = (frame: Frame, gaps: readonly Gap[]): string =>
  gaps
    .map(({ from, to, value }) => `M${round(xOf(frame, from))} ${round(yOf(frame, value))}H${round(xOf(frame, to))}`)
    .join('');

/** The value in force at a moment: that of the last sample at or before it; `null` in a gap or before the first. */
export function valueAt(samples: readonly Sample[], at: number): number | null {
  let low = 0;
  let high = samples.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((samples[middle]?.[0] ?? Number.POSITIVE_INFINITY) <= at) low = middle + 1;
    else high = middle;
  }
  return samples[low - 1]?.[1] ?? null;
}
