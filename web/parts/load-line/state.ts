import { type Marks, type Measured, marksOf, type Reading } from './reading.ts';

/** What the water says, in order of danger. A freeze by decision is no such state: the water keeps its own. */
export const waterStates = ['calm', 'watch', 'risk', 'frozen', 'exhausted'] as const;
export type WaterState = (typeof waterStates)[number];

export type LoadLineState = WaterState | 'no-data' | 'unknown';

/** The state of the water by how far it rose: it never falls as the share rises. */
export function waterState(spent: number, marks: Marks): WaterState {
  if (spent >= 100) return 'exhausted';
  if (spent >= marks.freeze) return 'frozen';
  if (spent >= marks.canary) return 'risk';
  return spent >= marks.review ? 'watch' : 'calm';
}

export const stateOf = (reading: Reading): LoadLineState =>
  reading.kind === 'measured' ? waterState(reading.spent, marksOf(reading)) : reading.kind;

/** Whether the freeboard is hatched: nothing may be loaded, by policy or by decision. There is none left over the deck. */
export const isFreeboardHatched = (reading: Measured): boolean => {
  const state = stateOf(reading);
  return state === 'frozen' || (reading.frozenByDecision === true && state !== 'exhausted');
};

/**
 * Chevrons by the burn of the last hour: one from 2×, two from 6×, three from 14.4×, the rates at which a
 * multi-window alert opens a ticket, pages, and pages at once.
 */
export function chevronCount(burn: number): 0 | 1 | 2 | 3 {
  if (burn >= 14.4) return 3;
  if (burn >= 6) return 2;
  return burn >= 2 ? 1 : 0;
}
