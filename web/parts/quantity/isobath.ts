/**
 * The line round all cells that satisfy a condition, along their edges, on a field of one unit a cell.
 * @param columns number of columns; @param rows number of rows, from the top down
 * @param isInside whether a cell lies inside; never asked beyond the field
 * @returns path data; each edge between inside and outside once
 */
export function isobathPath(columns: number, rows: number, isInside: (column: number, row: number) => boolean): string {
  const inside = (column: number, row: number): boolean =>
    column >= 0 && row >= 0 && column < columns && row < rows && isInside(column, row);
  const edges: string[] = [];
  for (let row = 0; row <= rows; row += 1) {
    for (let column = 0; column <= columns; column += 1) {
      if (inside(column, row) !== inside(column, row - 1)) edges.push(`M${column} ${row}h1`);
      if (inside(column, row) !== inside(column - 1, row)) edges.push(`M${column} ${row}v1`);
    }
  }
  return edges.join('');
}
