import type { ComponentChildren } from 'preact';
import { Scroll } from './scroll.tsx';

export type Column<Row> = {
  readonly key: string;
  /** What stands over the column. A column of drawings still needs a name: give it and set `hideHead`. */
  readonly head: ComponentChildren;
  readonly hideHead?: boolean;
  /** Figures stand on the right, words on the left. */
  readonly align?: 'left' | 'right';
  readonly cell: (row: Row) => ComponentChildren;
};

const classOf = (align: 'left' | 'right' | undefined): string | undefined => (align === 'right' ? 'r num' : undefined);

/**
 * Rows of like things. Wide tables scroll inside their own region, which the keyboard can reach.
 * @param label names the table
 * @param keyOf the id of a row, stable over updates
 * @param current the key of the row that is selected, drawn in pencil
 */
export function Table<Row>({
  label,
  columns,
  rows,
  keyOf,
  current,
}: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  current?: string;
}) {
  return (
    <Scroll label={label}>
      <table class="tb">
        <thead>
          <tr>
            {columns.map(({ key, head, hideHead, align }) => (
              <th key={key} scope="col" class={classOf(align)}>
                {hideHead === true ? <span class="vh">{head}</span> : head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} {...(keyOf(row) === current ? { 'aria-current': 'true' as const } : {})}>
              {columns.map(({ key, align, cell }) => (
                <td key={key} class={classOf(align)}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
