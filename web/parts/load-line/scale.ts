/** What only the largest size has room for: the ruler, the seasons, the freeboard and the labels. */

import { spread } from '../spread.ts';
import { type Hull, heightOf, round, waterlineOf } from './hull.ts';
import {
  type Measured,
  marksOf,
  policyOf,
  type Reading,
  type Season,
  type Stale,
  seasonOf,
  seasons,
} from './reading.ts';
import { whole } from './words.ts';

export type Label = {
  readonly kind: 'deck' | 'mark' | 'water' | 'stale' | 'forecast';
  readonly text: string;
  /** Where its line would be. */
  readonly wanted: number;
  /** Where it is written: the middle of the text. */
  readonly y: number;
};

/** The labels at the right, in order of height, pushed apart. A plate without an objective has none. */
export function labelsOf(hull: Hull, reading: Reading): readonly Label[] {
  if (reading.kind === 'unknown') return [];
  const wanted = [...markLabels(hull, reading), ...waterLabels(hull, reading)].toSorted((a, b) => a.wanted - b.wanted);
  const heights = spread(
    wanted.map((label) => label.wanted),
    hull.keel,
  );
  return wanted.map((label, at) => ({ ...label, y: heights[at] ?? label.wanted }));
}

function waterLabels(hull: Hull, reading: Measured | Stale): readonly Omit<Label, 'y'>[] {
  const water = waterlineOf(hull, reading.spent);
  const spent = `${whole(reading.spent)} spent`;
  if (reading.kind === 'no-data') return [{ kind: 'stale', text: `${spent}, ${reading.age} ago`, wanted: water }];
  const forecast = forecastLine(hull, reading);
  return [
    ...(forecast === undefined ? [] : [{ kind: 'forecast', text: forecast.text, wanted: forecast.y } as const]),
    { kind: 'water', text: spent, wanted: water },
  ];
}

function markLabels(hull: Hull, reading: Measured | Stale): readonly Omit<Label, 'y'>[] {
  const { review, canary, freeze } = marksOf(reading);
  const mark = (text: string, at: number) =>
    ({ kind: 'mark', text: `${text} ${whole(at)}`, wanted: heightOf(hull, at) }) as const;
  return [
    { kind: 'deck', text: 'Deck 100', wanted: hull.deck },
    mark('Freeze', freeze),
    mark('Canary only', canary),
    mark('Second review', review),
  ];
}

/** Where the burn of the last hour leads; only if that lies over the waterline. */
export function forecastLine(hull: Hull, reading: Measured): { readonly y: number; readonly text: string } | undefined {
  const { forecast, spent } = reading;
  if (forecast === undefined || forecast.spent <= spent) return undefined;
  const y = waterlineOf(hull, forecast.spent);
  return y < waterlineOf(hull, spent) ? { y, text: `${whole(forecast.spent)} ${forecast.when}` } : undefined;
}

export type Freeboard = {
  readonly top: number;
  readonly bottom: number;
  readonly middle: number;
  readonly number: string | undefined;
};

/** Shorter arrows would be all heads. */
const arrowLengthMin = 16;
const arrowWithNumberMin = 30;

/** The arrow from waterline to deck, and the number beside it where there is room. Nothing when nothing is left. */
export function freeboardOf(hull: Hull, reading: Measured): Freeboard | undefined {
  const top = hull.deck + 2;
  const bottom = round(waterlineOf(hull, reading.spent) - 2);
  const length = bottom - top;
  if (length < arrowLengthMin) return undefined;
  const number = length < arrowWithNumberMin ? undefined : whole(100 - reading.spent);
  return { top, bottom, middle: (top + bottom) / 2, number };
}

const letterBySeason: Readonly<Record<Season, string>> = { summer: 'S', winter: 'W', 'north-atlantic': 'N' };

export type SeasonTick = {
  readonly letter: string;
  readonly y: number;
  readonly letterY: number;
  readonly inForce: boolean;
};

/** Where F stands in each season, the one in force marked. */
export function seasonTicks(hull: Hull, reading: Measured | Stale): readonly SeasonTick[] {
  const policy = policyOf(reading);
  const ticks = seasons
    .map((season) => ({ season, y: heightOf(hull, policy[season].freeze) }))
    .toSorted((a, b) => a.y - b.y);
  const heights = spread(
    ticks.map((tick) => tick.y),
    hull.keel,
  );
  return ticks.map(({ season, y }, at) => ({
    letter: letterBySeason[season],
    y,
    letterY: heights[at] ?? y,
    inForce: season === seasonOf(reading),
  }));
}

/** The ruler at the left: a tick every ten, a number every twenty. */
export const rulerOf = (
  hull: Hull,
): readonly { readonly share: number; readonly y: number; readonly numbered: boolean }[] =>
  Array.from({ length: 11 }, (_, step) => ({
    share: step * 10,
    y: heightOf(hull, step * 10),
    numbered: step % 2 === 0,
  }));
