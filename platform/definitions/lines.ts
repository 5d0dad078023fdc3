import type { Position } from './kind.ts';

/** Turns an offset of a text into line and column. Both count from 1; columns are UTF-16 units, as editors count them. */
export type PositionAt = (offset: number) => Position;

const startsOf = (text: string): readonly number[] => {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
};

const lastNotAfter = (starts: readonly number[], offset: number): number => {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** Positions in one text. The lines are counted at the first question: most texts are good, and are never asked. */
export function positionsIn(text: string): PositionAt {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= startsOf(text);
    const inside = Math.min(Math.max(offset, 0), text.length);
    const line = lastNotAfter(starts, inside);
    return { line: line + 1, column: inside - (starts[line] ?? 0) + 1 };
  };
}
