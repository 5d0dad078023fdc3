import type { ComponentChildren } from 'preact';
import { Glyph } from './glyph.tsx';
import type { GlyphName } from './glyphs.ts';

/**
 * What a badge says by its form: `plain` a fact, `hole` a role nobody holds, `frozen` a freeze by decision,
 * `inferred` a guess, `ink` what is new or the reader's own, and the state tones.
 */
export type BadgeKind = 'plain' | 'watch' | 'risk' | 'alarm' | 'safe' | 'hole' | 'frozen' | 'inferred' | 'ink';

/** A short word on a chip. The word carries the meaning; the form repeats it. */
export function Badge({
  kind = 'plain',
  glyph,
  children,
}: {
  kind?: BadgeKind;
  glyph?: GlyphName;
  children: ComponentChildren;
}) {
  return (
    <span class={kind === 'plain' ? 'badge' : `badge ${kind}`}>
      {glyph === undefined ? null : <Glyph name={glyph} />}
      {children}
    </span>
  );
}
