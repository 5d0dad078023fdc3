/** Words for figures and moments, as a person would say them. All times are UTC. A narrow space stands before a unit. */

const narrow = '\u202f';
const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const two = (count: number): string => String(count).padStart(2, '0');

/** `03:10` */
export function hourOf(at: number): string {
  const date = new Date(at);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

/** `Sat 21 Nov`, and the year when it is not the one we are in. */
export function dayOf(at: number, now: number): string {
  const date = new Date(at);
  const year = date.getUTCFullYear();
  const text = `${dayNames[date.getUTCDay()]} ${date.getUTCDate()} ${monthNames[date.getUTCMonth()]}`;
  return year === new Date(now).getUTCFullYear() ? text : `${text} ${year}`;
}

/** `Sat 21 Nov 03:11:18`: the clock of the header. */
export const clockOf = (now: number): string =>
  `${dayOf(now, now)} ${hourOf(now)}:${two(new Date(now).getUTCSeconds())}`;

/** True when both moments lie on one UTC day. */
export const isSameDay = (one: number, other: number): boolean => Math.floor(one / day) === Math.floor(other / day);

/** `03:10` today, `Fri 20 Nov, 22:55` on another day. */
export const whenOf = (at: number, now: number): string =>
  isSameDay(at, now) ? hourOf(at) : `${dayOf(at, now)}, ${hourOf(at)}`;

/** A duration by its largest unit: `3 s`, `14 min`, `2 h`, `90 d`. */
export function durationOf(durationMs: number): string {
  const length = Math.max(0, durationMs);
  if (length < minute) return `${Math.floor(length / second)}${narrow}s`;
  if (length < hour) return `${Math.floor(length / minute)}${narrow}min`;
  if (length < 2 * day) return `${Math.floor(length / hour)}${narrow}h`;
  return `${Math.floor(length / day)}${narrow}d`;
}

/** `2 min ago`, `just now`; a moment ahead (a clock that drifts) is `just now` too. */
export function agoOf(at: number, now: number): string {
  return now - at < 10 * second ? 'just now' : `${durationOf(now - at)} ago`;
}

/** `1,720` */
export const countOf = (count: number): string => count.toLocaleString('en-GB');

/** `1 service`, `6 services`, `0 services`. The plural is the word with an s unless it is given. */
export const countedOf = (count: number, word: string, plural = `${word}s`): string =>
  `${countOf(count)} ${count === 1 ? word : plural}`;

/** `a`, `a and b`, `a, b and c`. */
export function listOf(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** The first letter large: sentences begin with it, names in the middle do not. */
export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The title where it says more than the name does; `Checkout` says no more than `checkout`. */
export const titleBeside = (name: string, title: string): string =>
  title.toLowerCase() === name.toLowerCase() ? '' : title;

/** Small numbers in words where a sentence opens: `Six services`. */
const numberWords = [
  'No',
  'One',
  'Two',
  'Three',
  'Four',
  'Five',
  'Six',
  'Seven',
  'Eight',
  'Nine',
  'Ten',
  'Eleven',
  'Twelve',
];
export const openingCountOf = (count: number, word: string, plural = `${word}s`): string =>
  `${numberWords[count] ?? countOf(count)} ${count === 1 ? word : plural}`;
