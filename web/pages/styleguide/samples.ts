/** Figures for the style guide: six hours of the night in which payment 3.18.0 went out. All of them are computed. */
import type { LedgerDay, LedgerHour, Mark, Sample, Shift, TimeRange, Usual } from '../../parts/index.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const night: TimeRange = { from: Date.UTC(2026, 10, 20, 21, 11), to: Date.UTC(2026, 10, 21, 3, 11) };

/** A wave without chance, so that every picture of the style guide is the same. */
const wobble = (step: number, size: number): number => size * (Math.sin(step * 0.83) + Math.sin(step * 0.17) * 1.4);

const deployedAt = Date.UTC(2026, 10, 21, 2, 31);

const everyTwoMinutes = Array.from({ length: 181 }, (_, step) => ({ step, at: night.from + step * 2 * minute }));

/** How far the lock waits had spread by a moment, from 0 to 1. */
const spreadAt = (at: number): number => 1 - Math.exp(-Math.max(0, at - deployedAt) / (14 * minute));

export const p50: readonly Sample[] = everyTwoMinutes.map(({ step, at }) => [
  at,
  128 + wobble(step, 3) + 90 * spreadAt(at),
]);
export const p95: readonly Sample[] = everyTwoMinutes.map(({ step, at }) => [
  at,
  270 + wobble(step, 9) + 2000 * spreadAt(at),
]);

const queueBrokeAt = Date.UTC(2026, 10, 21, 2, 20);
export const queue: readonly Sample[] = everyTwoMinutes.map(({ step, at }) => [
  at,
  at > queueBrokeAt ? null : 12 + wobble(step, 0.4),
]);

export const failures: readonly Sample[] = everyTwoMinutes.map(({ step, at }) => [
  at,
  0.4 + wobble(step, 0.06) + 11 * spreadAt(at),
]);
export const failuresUsual: readonly Usual[] = everyTwoMinutes.map(({ step, at }) => [
  at,
  0.1,
  1.2 + wobble(step / 5, 0.2),
]);

const clock = (day: number, hours: number, minutes: number): number => Date.UTC(2026, 10, day, hours, minutes);

export const marks: readonly Mark[] = [
  { key: 'gateway', at: clock(20, 21, 40), glyph: 'deploy', text: '21:40 gateway 5.2.1 deployed', href: '#gateway' },
  {
    key: 'ranking',
    at: clock(20, 22, 55),
    glyph: 'flag',
    text: '22:55 flag new-ranking 50 to 100 %',
    href: '#ranking',
  },
  {
    key: 'pool',
    at: clock(21, 0, 20),
    glyph: 'drift',
    text: '00:20 drift: payment pool 40 set, 60 running',
    href: '#pool',
  },
  {
    key: 'payment',
    at: deployedAt,
    glyph: 'deploy',
    text: '02:31 payment 3.18.0 deployed',
    href: '#payment',
    kind: 'suspect',
  },
  { key: 'express', at: clock(21, 2, 38), glyph: 'flag', text: '02:38 flag express-pay 5 to 25 %', href: '#express' },
  {
    key: 'incident',
    at: clock(21, 2, 47),
    glyph: 'incident',
    text: '02:47 INC-312 opened',
    href: '#incident',
    kind: 'incident',
  },
];

/** Requests by latency, ten minutes a column: a shoal near 130 ms that splits after the deployment. */
export const heatBounds = ['50', '100', '200', '400', '800', '1,600', '3,200'];
export const heatStepMs = 10 * minute;
export const heatColumns: readonly (readonly number[] | null)[] = Array.from({ length: 36 }, (_, column) => {
  if (column === 12 || column === 13) return null;
  const slow = spreadAt(night.from + column * heatStepMs);
  return heatBounds.map((_, band) => {
    const usual = 900 * Math.exp(-((band - 1.8 + wobble(column, 0.15)) ** 2) / 0.8) * (1 - slow * 0.6);
    return Math.round(usual + 700 * slow * Math.exp(-((band - 5.4) ** 2) / 0.7));
  });
});

const ledgerHour = (dayNumber: number, hourNumber: number): LedgerHour => {
  const count = Math.max(0, Math.round(2 + wobble(dayNumber * 8 + hourNumber, 1.9)));
  if (dayNumber === 9 && (hourNumber === 2 || hourNumber === 3)) return { count: 120 + hourNumber, paged: true };
  return dayNumber === 4 && hourNumber === 5 ? { count, corrected: true } : { count };
};

export const ledger: readonly LedgerDay[] = Array.from({ length: 12 }, (_, dayNumber) => ({
  day: `${10 + dayNumber} Nov`,
  hours: Array.from({ length: 8 }, (_, hourNumber) => ledgerHour(dayNumber, hourNumber)),
}));

const thursday = Date.UTC(2026, 5, 25);
export const days: TimeRange = { from: thursday, to: thursday + 4 * day };
export const calendarNow = thursday + 2 * day + 3 * hour + 11 * minute;
export const clockChangeAt = thursday + 3 * day + hour;

const shift = (from: number, hours: number, name: string, kind: Shift['kind']): Shift => ({
  key: `${kind}:${from}`,
  from: thursday + from * hour,
  to: thursday + (from + hours) * hour,
  name,
  kind,
});

export const dayShifts = [9, 33, 57].map((from) => shift(from, 12, 'Aiko', 'day')).concat(shift(81, 12, 'Noor', 'day'));
export const nightShifts = [
  shift(0, 9, '', 'night'),
  shift(21, 12, 'Sam', 'night'),
  shift(45, 12, 'Sam', 'night'),
  shift(69, 12, 'Emil', 'deep-night'),
  shift(93, 3, '', 'night'),
];
export const overrideShifts = [shift(21, 12, 'Emil for Sam?', 'proposed'), shift(69, 12, 'Ines', 'agreed')];
export const resultShifts = [
  shift(0, 9, '', 'night'),
  shift(9, 12, 'Aiko', 'day'),
  shift(21, 12, 'Sam', 'unreachable'),
  shift(33, 12, 'Aiko', 'day'),
  shift(45, 12, 'nobody', 'gap'),
  shift(57, 12, 'Aiko', 'day'),
  shift(69, 12, 'Ines', 'agreed'),
  shift(81, 12, 'Noor', 'day'),
  shift(93, 3, '', 'night'),
];
