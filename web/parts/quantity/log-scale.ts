/** One log scale for all burn windows, so that two alerts can be compared by eye. */
export const burnFrom = 0.1;
export const burnTo = 1000;

/** The rates that are written under the scale. */
export const burnTicks = [0.1, 1, 10, 100, 1000] as const;

/** Share of the scale at which a rate lies, from 0 to 1; what lies beyond stands at the end. */
export function burnShare(rate: number): number {
  const held = Math.min(Math.max(rate, burnFrom), burnTo);
  return Math.log(held / burnFrom) / Math.log(burnTo / burnFrom);
}
