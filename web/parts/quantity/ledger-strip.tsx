import { depthOf } from './depth.ts';

export type LedgerHour = {
  /** What was spent in this hour, exactly as recorded. */
  readonly count: number;
  /** This hour woke somebody. */
  readonly paged?: boolean;
  /** A fact beside it corrects the count; the count itself stays as it is. */
  readonly corrected?: boolean;
};

export type LedgerDay = { readonly day: string; readonly hours: readonly LedgerHour[] };

const width = 25;
const height = 8;

/** Days across, hours down: every count of the budget, so that a sum can be checked by eye. */
export function LedgerStrip({ label, days }: { label: string; days: readonly LedgerDay[] }) {
  const hours = days.reduce((most, day) => Math.max(most, day.hours.length), 1);
  const paged = days.flatMap((day) => day.hours).filter((hour) => hour.paged === true).length;
  return (
    <div class="lgs">
      <svg
        viewBox={`0 0 ${days.length * width} ${hours * height}`}
        role="img"
        aria-label={`${label}: ${days.length} days, ${paged} hours paged`}
        shape-rendering="crispEdges"
      >
        {days.map((day, x) =>
          day.hours.map((hour, y) => (
            <rect
              key={`${day.day}:${y}`}
              class={`d${depthOf(hour.count)}`}
              x={x * width}
              y={y * height}
              width={width - 1}
              height={height - 1}
            />
          )),
        )}
        {days.map((day, x) => day.hours.map((hour, y) => <Rings key={`${day.day}:${y}`} hour={hour} x={x} y={y} />))}
      </svg>
      <div class="sums" style={{ gridTemplateColumns: `repeat(${days.length}, 1fr)` }}>
        {days.map((day) => (
          <span key={day.day} class="num">
            {day.hours.reduce((sum, hour) => sum + hour.count, 0)}
          </span>
        ))}
      </div>
      <p class="note keys">
        <i class="ringk" /> paged <i class="corrk" /> corrected
      </p>
    </div>
  );
}

function Rings({ hour, x, y }: { hour: LedgerHour; x: number; y: number }) {
  const place = { x: x * width - 0.5, y: y * height - 0.5, width, height };
  if (hour.paged === true) return <rect class="ring" {...place} />;
  return hour.corrected === true ? <rect class="corr" {...place} /> : null;
}
