import type { ComponentChildren } from 'preact';
import { Glyph } from './glyph.tsx';
import type { GlyphName } from './glyphs.ts';

/** The tones a sign may take. Ink is the default; only danger, recovery and not knowing have one of their own. */
export type Tone = 'calm' | 'watch' | 'risk' | 'alarm' | 'safe' | 'none';

/** A state as a person reads it: a glyph, a word, and a colour that comes last. */
export const states = {
  calm: { glyph: 'carry-on', word: 'Carry on', tone: 'calm' },
  watch: { glyph: 'watch', word: 'Second review', tone: 'watch' },
  risk: { glyph: 'risk', word: 'Canary only', tone: 'risk' },
  frozen: { glyph: 'frozen', word: 'Frozen', tone: 'alarm' },
  exhausted: { glyph: 'spent', word: 'Spent', tone: 'alarm' },
  recovered: { glyph: 'check', word: 'Recovered', tone: 'safe' },
  'no-data': { glyph: 'no-data', word: 'No data', tone: 'none' },
  unknown: { glyph: 'unknown', word: 'Unknown', tone: 'none' },
  undecided: { glyph: 'undecided', word: 'Not decided', tone: 'none' },
} as const satisfies Readonly<Record<string, { glyph: GlyphName; word: string; tone: Tone }>>;

export type StateName = keyof typeof states;

/** A state in a line of text. @param children words that say more than the usual one, such as "No data for 14 min" */
export function StateWord({ state, children }: { state: StateName; children?: ComponentChildren }) {
  const { glyph, word, tone } = states[state];
  return (
    <span class={`st ${tone}`}>
      <Glyph name={glyph} />
      {children ?? word}
    </span>
  );
}
