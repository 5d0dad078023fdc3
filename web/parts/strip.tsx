import { Glyph } from './glyph.tsx';

/** The one solid block a page may carry: it says who is hit, and opens the incident. */
export function Strip({
  href,
  severity,
  title,
  detail,
  facts = [],
}: {
  href: string;
  severity: string;
  title: string;
  detail?: string;
  facts?: readonly { readonly name: string; readonly value: string }[];
}) {
  return (
    <a class="strip" href={href}>
      <span class="sev">
        <Glyph name="incident" />
        {severity}
      </span>
      <span class="what">
        <b>{title}</b>
        {detail === undefined ? null : <span>{detail}</span>}
      </span>
      <span class="facts">
        {facts.map(({ name, value }) => (
          <span key={name}>
            <small>{name}</small>
            <b>{value}</b>
          </span>
        ))}
      </span>
    </a>
  );
}
