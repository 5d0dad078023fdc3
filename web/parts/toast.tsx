import type { ComponentChildren } from 'preact';
import { Glyph } from './glyph.tsx';
import type { GlyphName } from './glyphs.ts';

/**
 * A sheet that says what just happened. The place that holds toasts is the live region, so that one that is
 * already there when the page opens is not read out.
 */
export function Toast({
  glyph,
  alarm = false,
  action,
  children,
}: {
  glyph: GlyphName;
  alarm?: boolean;
  /** One small button, such as "Undo, 8 s". */
  action?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <div class={alarm ? 'toast alarm' : 'toast'}>
      <Glyph name={glyph} />
      <span>{children}</span>
      {action}
    </div>
  );
}

/** Where toasts appear; it is read out politely as they come. */
export function Toasts({ children }: { children: ComponentChildren }) {
  return (
    <div class="toasts" role="status">
      {children}
    </div>
  );
}
