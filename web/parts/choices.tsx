/** One of a few values that belong together, such as the length of a window. */
export function Segments<Value extends string>({
  label,
  options,
  chosen,
  onChoose,
}: {
  /** Says what is chosen, for those who cannot see the neighbourhood. */
  label: string;
  options: readonly { readonly value: Value; readonly text: string }[];
  chosen: Value;
  onChoose?: (value: Value) => void;
}) {
  return (
    <fieldset class="seg" aria-label={label}>
      {options.map(({ value, text }) => (
        <button key={value} type="button" aria-pressed={value === chosen} onClick={() => onChoose?.(value)}>
          {text}
        </button>
      ))}
    </fieldset>
  );
}

export type Tab = { readonly href: string; readonly text: string; readonly count?: number };

/** The parts of a page. Each has an address of its own, so these are links and not ARIA tabs. */
export function Tabs({ label, tabs, current }: { label: string; tabs: readonly Tab[]; current: string }) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ href, text, count }) => (
        <a key={href} href={href} {...(href === current ? { 'aria-current': 'page' as const } : {})}>
          {text}
          {count === undefined ? null : <span class="k">{count}</span>}
        </a>
      ))}
    </nav>
  );
}
