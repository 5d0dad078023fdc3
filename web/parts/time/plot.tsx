import type { ComponentChildren } from 'preact';
import { spread } from '../spread.ts';
import { useGroup } from './group.tsx';
import { percent } from './range.ts';
import {
  areaPath,
  bandPath,
  excessPath,
  type Frame,
  fieldHeight,
  fieldWidth,
  gapsOf,
  linePath,
  runOnPath,
  type Sample,
  type Usual,
  valueAt,
} from './series.ts';
import { figure, ticksOf } from './ticks.ts';

/** How a series is inked: the highest percentile darkest, alarm only for what counts failure. */
export type SeriesInk = 'ink' | 'middle' | 'light' | 'alarm';

export type Series = {
  readonly name: string;
  readonly ink: SeriesInk;
  readonly samples: readonly Sample[];
  /** Fills the area below, for a quantity that adds up. */
  readonly filled?: boolean;
  /** What is usual at the same moments; over it the gap is filled. */
  readonly usual?: readonly Usual[];
};

const inkClass: Readonly<Record<SeriesInk, string>> = { ink: 'ln', middle: 'ln l2', light: 'ln l3', alarm: 'ln alarm' };

export type PlotProps = {
  readonly name: string;
  readonly unit?: string;
  /** Beside the name: since when data is missing, what the baseline is. */
  readonly note?: ComponentChildren;
  readonly series: readonly Series[];
  /** A value with a meaning, which is written on it. */
  readonly threshold?: { readonly value: number; readonly text: string };
  /** Height of the plot in pixels. */
  readonly height?: number;
};

/** A plot lower than this has room for two figures beside it. */
const lowPlotPx = 60;

/** One quantity over time, in the frame of its group. */
export function Plot({ name, unit, note, series, threshold, height = 84 }: PlotProps) {
  const { range, cursor } = useGroup();
  const ticks = ticksOf(greatestOf(series, threshold?.value), height < lowPlotPx ? 2 : 4);
  const frame: Frame = { range, top: ticks.top };
  const at = cursor.value;
  return (
    <figure class="chart">
      <figcaption>
        <b>{name}</b>
        {unit === undefined ? null : <span>{unit}</span>}
        {note === undefined ? null : <span>{note}</span>}
        {at === undefined ? null : <Readings series={series} at={at} />}
      </figcaption>
      <div class="plot" style={{ height: `${height}px` }}>
        {ticks.values.map((value) => (
          <Gridline key={value} value={value} share={value / ticks.top} />
        ))}
        <svg
          viewBox={`0 0 ${fieldWidth} ${fieldHeight}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={inWords({ name, series, ...(unit === undefined ? {} : { unit }) })}
        >
          {series.map((one) => (
            <Drawn key={one.name} series={one} frame={frame} />
          ))}
        </svg>
        {threshold === undefined ? null : (
          <div class="thr" style={{ bottom: percent(threshold.value / ticks.top) }}>
            <span>{threshold.text}</span>
          </div>
        )}
        <Ends series={series} frame={frame} height={height} />
      </div>
    </figure>
  );
}

const valuesOf = ({ samples, usual = [] }: Series): readonly number[] => [
  ...samples.flatMap(([, value]) => (value === null ? [] : [value])),
  ...usual.map(([, , high]) => high),
];

const greatestOf = (series: readonly Series[], threshold = 0): number =>
  series.flatMap(valuesOf).reduce((greatest, value) => Math.max(greatest, value), threshold);

const lastOf = ({ samples }: Series): number | null => samples.findLast(([, value]) => value !== null)?.[1] ?? null;

const isStale = ({ samples }: Series): boolean => samples.at(-1)?.[1] === null;

/** What the plot says to those who do not see it: each series with its last value. */
function inWords({ name, unit = '', series }: Pick<PlotProps, 'name' | 'unit' | 'series'>): string {
  const last = series.map((one) => {
    const value = lastOf(one);
    const told = value === null ? 'no data' : `${figure(value)} ${unit}`.trim();
    return `${one.name} ${isStale(one) ? `stale, last ${told}` : told}`;
  });
  return `${name}: ${last.join(', ')}`;
}

function Gridline({ value, share }: { value: number; share: number }) {
  return (
    <>
      <i class={value === 0 ? 'gy z' : 'gy'} style={{ bottom: percent(share) }} />
      <span class="ly" style={{ bottom: percent(share) }}>
        {figure(value)}
      </span>
    </>
  );
}

/** From back to front: what is usual, the area, what is over the usual, the line, the run-on over gaps. */
function Drawn({ series: { samples, usual, filled, ink }, frame }: { series: Series; frame: Frame }) {
  const gaps = gapsOf(samples, frame.range);
  return (
    <>
      {usual === undefined ? null : <path class="ar band" d={bandPath(frame, usual)} />}
      {filled === true ? <path class="ar" d={areaPath(frame, samples)} /> : null}
      {usual === undefined ? null : <path class="ar alarm" d={excessPath(frame, samples, usual)} />}
      <path class={inkClass[ink]} d={linePath(frame, samples)} />
      {gaps.length === 0 ? null : <path class="ln ghost" d={runOnPath(frame, gaps)} />}
    </>
  );
}

/** The last values at the right, named directly and pushed apart where they would touch. */
function Ends({ series, frame, height }: { series: readonly Series[]; frame: Frame; height: number }) {
  const ends = series
    .flatMap((one) => {
      const value = lastOf(one);
      return value === null ? [] : [{ one, value, y: height * (1 - value / frame.top) }];
    })
    .toSorted((a, b) => a.y - b.y);
  const heights = spread(
    ends.map((end) => end.y),
    height,
  );
  return (
    <>
      {ends.map(({ one, value, y }, at) => (
        <span
          key={one.name}
          class={one.ink === 'alarm' ? 'end alarm' : 'end'}
          style={{ bottom: `${height - (heights[at] ?? y)}px` }}
        >
          {isStale(one) ? (
            <em>stale</em>
          ) : (
            <>
              {one.name} <b>{figure(value)}</b>
            </>
          )}
        </span>
      ))}
    </>
  );
}

/** What the cursor points at, in pencil. */
function Readings({ series, at }: { series: readonly Series[]; at: number }) {
  return (
    <span class="rd">
      {series.map(({ name, samples }) => {
        const value = valueAt(samples, at);
        return (
          <span key={name}>
            {name} <b class="p">{value === null ? 'no data' : figure(value)}</b>
          </span>
        );
      })}
    </span>
  );
}
