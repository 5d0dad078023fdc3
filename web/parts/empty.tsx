import type { ComponentChildren } from 'preact';

/** An empty page teaches: what this is, why it matters, and one button or command that makes the first one. */
export function Empty({
  picture,
  title,
  actions,
  children,
}: {
  /** Often a load line without an objective. */
  picture?: ComponentChildren;
  title: string;
  actions?: ComponentChildren;
  /** What this is and why it matters. */
  children: ComponentChildren;
}) {
  return (
    <div class={picture === undefined ? 'empty bare' : 'empty'}>
      {picture}
      <div>
        <h3>{title}</h3>
        <p>{children}</p>
        {actions === undefined ? null : <div class="actions">{actions}</div>}
      </div>
    </div>
  );
}
