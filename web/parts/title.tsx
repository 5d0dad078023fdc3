import type { ComponentChildren } from 'preact';

/** The sentence a page opens with, what stands behind it, and what may be done. */
export function TitleBlock({
  title,
  badge,
  actions,
  level = 1,
  children,
}: {
  title: ComponentChildren;
  badge?: ComponentChildren;
  actions?: ComponentChildren;
  level?: 1 | 2;
  /** One or two sentences below the title. */
  children?: ComponentChildren;
}) {
  const head = (
    <>
      {title}
      {badge}
    </>
  );
  return (
    <div class="ttl">
      <div>
        {level === 1 ? <h1>{head}</h1> : <h2>{head}</h2>}
        {children === undefined ? null : <p>{children}</p>}
      </div>
      {actions === undefined ? null : <div class="act">{actions}</div>}
    </div>
  );
}

export type Figure = {
  readonly name: string;
  readonly value: ComponentChildren;
  readonly unit?: string;
  /** A note beside the figure. */
  readonly note?: ComponentChildren;
  /** Italic: estimated, not counted. */
  readonly inferred?: boolean;
};

/** Three to five figures under the title. The first is what is left or what is lost. */
export function FactsRow({ facts, even = false }: { facts: readonly Figure[]; even?: boolean }) {
  return (
    <dl class={even ? 'fx even' : 'fx'}>
      {facts.map(({ name, value, unit, note, inferred }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="num">
            {inferred === true ? <em>{value}</em> : value}
            {unit === undefined ? null : <span class="unit">{unit}</span>}
            {note === undefined ? null : <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
