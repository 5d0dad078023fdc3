import type { ComponentChildren } from 'preact';

export type Pair = { readonly name: string; readonly value: ComponentChildren };

/** Names on the left, values on the right: what there is to know about one thing. */
export function KeyValue({ pairs }: { pairs: readonly Pair[] }) {
  return (
    <dl class="kv">
      {pairs.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
