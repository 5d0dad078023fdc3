import { useGroup } from '../time/group.tsx';
import { percent, shareOf } from '../time/range.ts';
import { type Depth, depthBeside } from './depth.ts';
import { isobathPath } from './isobath.ts';

export type HeatMapProps = {
  readonly name: string;
  readonly unit: string;
  /** Upper bounds of the bands, lowest first, on a log scale: each band is drawn as high as the others. */
  readonly bounds: readonly string[];
  /** Time of the left edge and length of a column, milliseconds. */
  readonly from: number;
  readonly stepMs: number;
  /** A column a step, a count a band, lowest band first; `null` where data is missing. */
  readonly columns: readonly (readonly number[] | null)[];
  readonly height?: number;
};

/** The isobath runs round this tint and all deeper ones: where most requests are. */
const isobathDepth = 3;

/** Bathymetry: how many requests took how long. Missing data is a gap, never a shallow place. */
export function HeatMap({ name, unit, bounds, from, stepMs, columns, height = 140 }: HeatMapProps) {
  const { range } = useGroup();
  const rows = bounds.length;
  const greatest = columns.reduce((most, column) => Math.max(most, ...(column ?? [0])), 0);
  const depthAt = (column: number, row: number): Depth => depthBeside(columns[column]?.[rows - 1 - row] ?? 0, greatest);
  const place = {
    left: percent(shareOf(range, from)),
    width: percent((stepMs * columns.length) / (range.to - range.from)),
  };
  return (
    <figure class="chart">
      <figcaption>
        <b>{name}</b>
        <span>{unit}, logarithmic; deeper is more</span>
        <DepthKey />
      </figcaption>
      <div class="plot" style={{ height: `${height}px` }}>
        {bounds.map((bound, row) => (
          <span key={bound} class="ly" style={{ bottom: percent((row + 1) / rows) }}>
            {bound}
          </span>
        ))}
        <svg
          class="heat"
          style={place}
          viewBox={`0 0 ${columns.length} ${rows}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${name}, ${unit}: ${columns.length} steps, most at once ${greatest}`}
        >
          {columns.map((column, x) =>
            column?.map((_, row) => <Cell key={`${x}:${row}`} x={x} y={row} depth={depthAt(x, row)} />),
          )}
          <path class="iso" d={isobathPath(columns.length, rows, (x, y) => depthAt(x, y) >= isobathDepth)} />
        </svg>
        <i class="gy z" style={{ bottom: 0 }} />
      </div>
    </figure>
  );
}

const Cell = ({ x, y, depth }: { x: number; y: number; depth: Depth }) =>
  depth === 0 ? null : <rect class={`d${depth}`} x={x} y={y} width={1.02} height={1.02} />;

/** The five tints from few to many. */
export function DepthKey() {
  return (
    <span class="rd heatkey">
      fewer
      <svg width="90" height="9" viewBox="0 0 90 9" aria-hidden="true">
        {([1, 2, 3, 4, 5] as const).map((depth) => (
          <rect key={depth} class={`d${depth}`} x={(depth - 1) * 18} width="18" height="9" />
        ))}
      </svg>
      more
    </span>
  );
}
