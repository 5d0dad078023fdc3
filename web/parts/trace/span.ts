/** One piece of work in a trace, in milliseconds since the trace began. */
export type Span = {
  readonly key: string;
  /** Service and operation. */
  readonly service: string;
  readonly operation: string;
  /** How deep it lies below the first span. */
  readonly depth: number;
  readonly from: number;
  readonly to: number;
  /** Stretches of its own time that lie on the critical path. */
  readonly critical?: readonly Stretch[];
  /** It did not work but waited: for a lock, a connection, a queue. */
  readonly isWaiting?: boolean;
};

export type Stretch = { readonly from: number; readonly to: number };

/** Places a stretch on an axis, as shares of its length; what lies outside is cut. */
export function placeOn(axis: Stretch, { from, to }: Stretch): { readonly left: number; readonly width: number } {
  const length = axis.to - axis.from;
  const held = (at: number): number => Math.min(Math.max(at, axis.from), axis.to);
  return length > 0
    ? { left: (held(from) - axis.from) / length, width: (held(to) - held(from)) / length }
    : { left: 0, width: 0 };
}

/** A duration as written beside its bar: `12 ms`, `2.84 s`, with a thin space before the unit. */
export function durationInWords(ms: number): string {
  if (ms < 1000) return `${ms < 10 ? Number(ms.toFixed(1)) : Math.round(ms)}\u202fms`;
  return `${(ms / 1000).toFixed(2)}\u202fs`;
}
