import { shareOf, type TimeRange } from '../time/range.ts';

/** How a bar is drawn, by what it means. */
export type ShiftKind =
  | 'day'
  /** Deeper is night. */
  | 'night'
  | 'deep-night'
  /** Agreed by those who swap. */
  | 'agreed'
  /** Asked for, and not yet agreed. */
  | 'proposed'
  | 'off'
  /** On watch, but cannot be reached. */
  | 'unreachable'
  /** Nobody is on watch. */
  | 'gap';

export type Shift = {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  /** The person; empty where the bar only continues another. */
  readonly name: string;
  readonly kind: ShiftKind;
};

export type Bar = {
  readonly shift: Shift;
  /** Shares of the range. */
  readonly left: number;
  readonly width: number;
  /** Whether the name fits in; otherwise it stands beside the bar. */
  readonly isNameInside: boolean;
};

/** Mean width of a letter at 11 px and the room round a name, in pixels. Measured text would cost a layout per bar. */
const letterPx = 6.2;
const roomPx = 10;

/** Bars exactly as long as the time, cut at the range; a shift outside it has none. */
export const barsOf = (range: TimeRange, shifts: readonly Shift[], laneWidthPx: number): readonly Bar[] =>
  shifts
    .filter(({ from, to }) => from < to && to > range.from && from < range.to)
    .map((shift) => {
      const left = shareOf(range, Math.max(shift.from, range.from));
      const width = shareOf(range, Math.min(shift.to, range.to)) - left;
      return { shift, left, width, isNameInside: shift.name.length * letterPx + roomPx <= width * laneWidthPx };
    });

const dayMs = 86_400_000;
const dayName = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', timeZone: 'UTC' });

export type Day = { readonly at: number; readonly text: string; readonly isToday: boolean };

/** The days that begin in the range, named in UTC. */
export function daysOf(range: TimeRange, now: number): readonly Day[] {
  const days: Day[] = [];
  for (let at = Math.ceil(range.from / dayMs) * dayMs; at < range.to; at += dayMs) {
    days.push({ at, text: dayName.format(at).replace(',', ''), isToday: at <= now && now < at + dayMs });
  }
  return days;
}
