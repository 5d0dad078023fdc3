import { Glyph } from '../glyph.tsx';
import { Scroll } from '../scroll.tsx';
import { clockOf, percent, shareOf, type TimeRange } from '../time/range.ts';
import { useWidth } from '../width.ts';
import { type Bar, barsOf, daysOf, type Shift, type ShiftKind } from './shifts.ts';

export type Lane = { readonly name: string; readonly note?: string; readonly shifts: readonly Shift[] };

export type CalendarProps = {
  readonly label: string;
  readonly range: TimeRange;
  readonly now: number;
  /** Layers first, then overrides. */
  readonly lanes: readonly Lane[];
  /** What comes out: who is on watch. */
  readonly result: Lane;
  /** Where the clock changes, with the two times: "Sun 28, 01:00 to 02:00". */
  readonly clockChanges?: readonly { readonly at: number; readonly text: string }[];
};

/** Layers, overrides and the result on one time axis; the result stands below an ink rule. */
export function Calendar({ label, range, now, lanes, result, clockChanges = [] }: CalendarProps) {
  const { ref, width } = useWidth<HTMLDivElement>(600);
  return (
    <Scroll label={label}>
      <div class={clockChanges.length === 0 ? 'cal' : 'cal changes'}>
        <div class="row">
          <span class="lb" />
          <div class="days" ref={ref}>
            {daysOf(range, now).map(({ at, text, isToday }) => (
              <span key={at} class={isToday ? 'today' : ''} style={{ left: percent(shareOf(range, at)) }}>
                {text}
              </span>
            ))}
          </div>
        </div>
        {lanes.map((lane) => (
          <LaneRow key={lane.name} lane={lane} range={range} width={width.value} />
        ))}
        <LaneRow lane={result} range={range} width={width.value} isResult />
        <div class="above">
          <div class="nw" style={{ left: percent(shareOf(range, now)) }}>
            <b>{clockOf(now)}</b>
          </div>
          {clockChanges.map(({ at, text }) => (
            <div
              key={at}
              class={shareOf(range, at) > 0.6 ? 'cc end' : 'cc'}
              style={{ left: percent(shareOf(range, at)) }}
            >
              <b>
                <Glyph name="clock" title="Clock change" />
                {text}
              </b>
            </div>
          ))}
        </div>
      </div>
    </Scroll>
  );
}

function LaneRow({
  lane,
  range,
  width,
  isResult = false,
}: {
  lane: Lane;
  range: TimeRange;
  width: number;
  isResult?: boolean;
}) {
  const bars = barsOf(range, lane.shifts, width);
  return (
    <div class={isResult ? 'row res' : 'row'}>
      <span class="lb">
        {lane.name}
        {lane.note === undefined ? null : <small>{lane.note}</small>}
      </span>
      <ul class="lane" aria-label={lane.name}>
        {daysOf(range, 0).map(({ at }) => (
          <li key={at} class="midnight" aria-hidden="true" style={{ left: percent(shareOf(range, at)) }} />
        ))}
        {bars.map((bar) => (
          <ShiftBar key={bar.shift.key} bar={bar} />
        ))}
      </ul>
    </div>
  );
}

const kindClass: Readonly<Record<ShiftKind, string>> = {
  day: 'sh',
  night: 'sh night',
  'deep-night': 'sh deep',
  agreed: 'sh ov',
  proposed: 'sh ask',
  off: 'sh off',
  unreachable: 'sh warn',
  gap: 'sh gap',
};

const kindWord: Readonly<Record<ShiftKind, string>> = {
  day: '',
  night: 'night',
  'deep-night': 'deep night',
  agreed: 'agreed override',
  proposed: 'proposed',
  off: 'off',
  unreachable: 'cannot be reached',
  gap: 'nobody on watch',
};

function ShiftBar({ bar: { shift, left, width, isNameInside } }: { bar: Bar }) {
  const told = [shift.name, `${clockOf(shift.from)} to ${clockOf(shift.to)}`, kindWord[shift.kind]].filter(
    (word) => word !== '',
  );
  return (
    <li title={told.join(', ')}>
      <span class={kindClass[shift.kind]} style={{ left: percent(left), width: `calc(${percent(width)} - 1px)` }}>
        {isNameInside ? shift.name : null}
      </span>
      {isNameInside || shift.name === '' ? null : (
        <span
          class={shift.kind === 'proposed' ? 'shl ask' : 'shl'}
          style={{ left: `calc(${percent(left + width)} + 3px)` }}
        >
          {shift.name}
        </span>
      )}
      <span class="vh">{told.slice(1).join(', ')}</span>
    </li>
  );
}
