/** Milliseconds: a moment since 1970-01-01T00:00Z, or a duration; the name says which (`at`, `until` · `ttlMs`, `holdMs`). */
export type Millis = number;

export const second: Millis = 1_000;
export const minute: Millis = 60 * second;
export const hour: Millis = 60 * minute;
export const day: Millis = 24 * hour;

/** A moment as RFC 3339 in UTC with milliseconds: `2026-11-21T02:47:03.120Z`. */
export const isoOf = (at: Millis): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toString({ fractionalSecondDigits: 3 });

const units: readonly (readonly [Millis, string])[] = [
  [day, 'd'],
  [hour, 'h'],
  [minute, 'min'],
  [second, 's'],
];

/** A duration in the words of the console: `90 d`, `2 h`, `14 min`, `3 s`, `120 ms`; the largest unit that gives at least one. */
export function wordsOf(durationMs: Millis): string {
  for (const [size, name] of units) {
    if (durationMs >= size) return `${Math.floor(durationMs / size)} ${name}`;
  }
  return `${Math.floor(durationMs)} ms`;
}
