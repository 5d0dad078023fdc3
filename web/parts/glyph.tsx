import type { ComponentChildren } from 'preact';
import { type GlyphName, glyphs, type Shape } from './glyphs.ts';

/**
 * Draws one sign in the colour of the text beside it.
 * @param title names the sign where no word stands beside it; without one it is hidden from assistive technology
 */
export function Glyph({ name, title, class: extra }: { name: GlyphName; title?: string; class?: string }) {
  const look = { class: extra === undefined ? 'gl' : `gl ${extra}`, viewBox: '0 0 16 16' };
  const drawing = glyphs[name].map((shape) => stroke(shape));
  if (title === undefined) return withoutName(look, drawing);
  return (
    <svg {...look} role="img" aria-label={title}>
      {drawing}
    </svg>
  );
}

const withoutName = (look: { class: string; viewBox: string }, drawing: ComponentChildren) => (
  <svg {...look} aria-hidden="true">
    {drawing}
  </svg>
);

function stroke(shape: Shape) {
  const line = shape.cut === true ? 'var(--cut, var(--paper))' : 'currentColor';
  if (shape.stroke === undefined) return <path key={shape.path} d={shape.path} fill={line} />;
  return (
    <path
      key={shape.path}
      d={shape.path}
      fill={shape.hollow === true ? 'var(--cut, var(--paper))' : 'none'}
      stroke={line}
      stroke-width={shape.stroke}
      stroke-linejoin={shape.path.endsWith('Z') ? 'round' : 'miter'}
      stroke-linecap={shape.dash?.startsWith('.') === true ? 'round' : 'butt'}
      {...(shape.dash === undefined ? {} : { 'stroke-dasharray': shape.dash })}
    />
  );
}

/** The sign of the product: a ring cut by a line, as painted on a hull. Its name stands beside it. */
export function Brand() {
  return (
    <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r="10" fill="none" stroke="currentColor" stroke-width="3.4" />
      <path d="M1 16h30" stroke="currentColor" stroke-width="3.4" />
    </svg>
  );
}
