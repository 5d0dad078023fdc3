import type { ComponentChildren } from 'preact';

/** A part of a page: an ink rule, its name on the left, the provenance of its figures on the right. */
export function Section({
  name,
  note,
  level = 2,
  children,
}: {
  name: ComponentChildren;
  /** Source, window, sampling, unit: where what is shown comes from. */
  note?: ComponentChildren;
  level?: 2 | 3;
  children: ComponentChildren;
}) {
  return (
    <section class="sec">
      <header>
        {level === 2 ? <h2>{name}</h2> : <h3>{name}</h3>}
        {note === undefined ? null : <span class="note">{note}</span>}
      </header>
      {children}
    </section>
  );
}
