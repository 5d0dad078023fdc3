/** The least distance of two labels, in pixels: the height of a line of 10.5 px type with room to breathe. */
export const labelGapMin = 12.5;

/**
 * Moves labels apart so that each can be read, as little as needed: in order of height, each is pushed down from the
 * one above it; what would leave at the bottom is pushed up again.
 * @param wanted heights in ascending order
 * @param bottom the lowest height a label may take
 * @returns heights in the same order, at least `gap` apart
 */
export function spread(wanted: readonly number[], bottom: number, gap = labelGapMin): readonly number[] {
  const down: number[] = [];
  for (const height of wanted) down.push(Math.max(height, (down.at(-1) ?? Number.NEGATIVE_INFINITY) + gap));
  const up: number[] = [];
  for (const height of down.toReversed()) up.push(Math.min(height, (up.at(-1) ?? bottom + gap) - gap));
  return up.toReversed();
}
