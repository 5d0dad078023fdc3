/** Edits between two words: insert, delete, replace, swap of neighbours (optimal string alignment distance). */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let best = Math.min(
        (line[column - 1] ?? 0) + 1,
        (above[column] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) best = Math.min(best, (before[column - 2] ?? 0) + 1);
      line.push(best);
    }
    before = above;
    above = line;
  }
  return above[to.length] ?? 0;
}

/** Names longer than this are not compared: hostile input must not buy quadratic work. */
const comparedLengthMax = 64;

/**
 * The known name that was probably meant, or undefined when none is near: at most one edit for every three characters.
 * @param known the names that would have been right; the first of the nearest wins
 */
export function nearestName(found: string, known: Iterable<string>): string | undefined {
  if (found.length > comparedLengthMax) return undefined;
  const lower = found.toLowerCase();
  let nearest: string | undefined;
  let least = Math.max(1, Math.floor(found.length / 3)) + 1;
  for (const name of known) {
    if (Math.abs(name.length - found.length) >= least) continue;
    const edits = distance(lower, name.toLowerCase());
    if (edits < least) [least, nearest] = [edits, name];
  }
  return nearest;
}

/** The clause to put behind an error: ` Did you mean "checkout"?`, or nothing. */
export function didYouMean(found: string, known: Iterable<string>): string {
  const name = nearestName(found, known);
  return name === undefined ? '' : ` Did you mean "${name}"?`;
}
