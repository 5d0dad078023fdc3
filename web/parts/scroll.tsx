import type { ComponentChildren } from 'preact';

/**
 * A box that scrolls sideways when its content is too wide. It takes the focus, so that arrow keys can scroll it
 * (WCAG 2.1.1), and has a name, so that the focus says where it is.
 */
export function Scroll({
  label,
  class: extra,
  children,
}: {
  label: string;
  class?: string;
  children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups controls; this groups what scrolls together
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without focus the keyboard could not scroll it
    <div class={extra === undefined ? 'scroll' : `scroll ${extra}`} role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
