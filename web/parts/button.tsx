import type { ComponentChildren, TargetedMouseEvent } from 'preact';
import { Glyph } from './glyph.tsx';
import type { GlyphName } from './glyphs.ts';

type Look = {
  /** At most one `primary` a view, for the next right step; `danger` only to break the glass. */
  readonly kind?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly size?: 'usual' | 'small' | 'big';
  readonly glyph?: GlyphName;
  readonly children?: ComponentChildren;
};

const looks = ({ kind = 'plain', size = 'usual' }: Look): string =>
  ['btn', kind === 'plain' ? '' : kind, size === 'usual' ? '' : size].filter((name) => name !== '').join(' ');

const inside = ({ glyph, children }: Look) => (
  <>
    {glyph === undefined ? null : <Glyph name={glyph} />}
    {children}
  </>
);

export type ButtonProps = Look & {
  readonly type?: 'button' | 'submit';
  readonly disabled?: boolean;
  /** For a button that holds a state, such as a toggle. */
  readonly pressed?: boolean;
  /** Says what the button does where its children do not, such as a lone glyph. */
  readonly label?: string;
  /** Called when a hand or a key presses it. */
  readonly onPress?: (event: TargetedMouseEvent<HTMLButtonElement>) => void;
};

/** A button says its effect and, if known, its cost: "Roll back, about 38 s". */
export function Button({ type = 'button', disabled, pressed, label, onPress, ...look }: ButtonProps) {
  return (
    <button
      type={type}
      class={looks(look)}
      disabled={disabled}
      aria-pressed={pressed}
      aria-label={label}
      onClick={onPress}
    >
      {inside(look)}
    </button>
  );
}

/** Looks like a button and goes somewhere: for steps that have an address. */
export function ButtonLink({ href, ...look }: Look & { readonly href: string }) {
  return (
    <a href={href} class={looks(look)}>
      {inside(look)}
    </a>
  );
}
