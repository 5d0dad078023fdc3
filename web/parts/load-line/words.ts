import type { Reading } from './reading.ts';
import { type LoadLineState, stateOf } from './state.ts';

/** Thin space: stands before units, and never breaks a line. */
const thin = '\u202f';

const wordByState: Readonly<Record<LoadLineState, string>> = {
  calm: 'carry on',
  watch: 'second review',
  risk: 'canary only',
  frozen: 'frozen by policy',
  exhausted: 'exhausted',
  'no-data': 'no data',
  unknown: 'unknown',
};

/** A whole number with the minus sign of print: what is over-spent reads "−4". */
export const whole = (value: number): string => {
  const rounded = Math.round(value);
  return rounded < 0 ? `−${-rounded}` : String(rounded === 0 ? 0 : rounded);
};

/** A rate of burn: one digit after the point below ten, none above. */
export const timesEven = (burn: number): string => (burn < 9.95 ? burn.toFixed(1) : whole(burn));

/** What is left, in words for a line of text: "29 %" or, over the deck, "−4 %". */
export const leftInWords = (spent: number): string => `${whole(100 - spent)}${thin}%`;

/**
 * What the picture says to those who do not see it: name, spent, left, burn, state, in this order.
 * @param name the service or objective
 */
export function labelOf(name: string, reading: Reading): string {
  const state = wordByState[stateOf(reading)];
  if (reading.kind === 'unknown') return `${name}: ${state}, no objective yet`;
  if (reading.kind === 'no-data') {
    return `${name}: ${state} for ${reading.age}; last known ${whole(reading.spent)}${thin}% spent`;
  }
  const figures = [
    `${whole(reading.spent)}${thin}% of the budget spent`,
    `${leftInWords(reading.spent)} left`,
    `burning at ${timesEven(reading.burn)} times the even rate`,
    state,
  ];
  if (reading.frozenByDecision === true) figures.push('frozen by decision');
  return `${name}: ${figures.join(', ')}`;
}
