import { signal } from '@preact/signals';
import type { GlyphName } from './parts/glyphs.ts';

export interface Notice {
  readonly id: number;
  readonly glyph: GlyphName;
  readonly text: string;
  readonly isAlarm: boolean;
}

/** How long a notice stays; one that says what went wrong stays until it is closed. Milliseconds. */
const noticeMs = 6_000;
const noticeCountMax = 4;

let lastId = 0;
export const notices = signal<readonly Notice[]>([]);

export const dismiss = (id: number): void => {
  notices.value = notices.value.filter((notice) => notice.id !== id);
};

const show = (glyph: GlyphName, text: string, isAlarm: boolean): number => {
  lastId += 1;
  notices.value = [...notices.value, { id: lastId, glyph, text, isAlarm }].slice(-noticeCountMax);
  return lastId;
};

/** Says in the corner what has just been done: "Token ci revoked". */
export function tell(text: string, glyph: GlyphName = 'check'): void {
  const id = show(glyph, text, false);
  setTimeout(() => dismiss(id), noticeMs);
}

/** Says what could not be done, and the next step. */
export const warn = (text: string): void => {
  show('watch', text, true);
};

/** Puts a text into the clipboard and says so. */
export async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    tell(`${what} copied`, 'copy');
  } catch {
    warn(`The browser keeps its clipboard closed to this page. Mark the text and copy it by hand: ${text}`);
  }
}
