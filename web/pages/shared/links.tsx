/** Labels of a service or team, as a definition writes them. */
export function Labels({ labels }: { labels: Readonly<Record<string, string>> }) {
  const all = Object.entries(labels);
  if (all.length === 0) return null;
  return (
    <ul class="labels" aria-label="Labels">
      {all.map(([name, value]) => (
        <li key={name}>
          {name}: <b>{value}</b>
        </li>
      ))}
    </ul>
  );
}

/** Links to dashboards and documents elsewhere. */
export function Links({ links }: { links: readonly { readonly title: string; readonly url: string }[] }) {
  if (links.length === 0) return null;
  return (
    <ul class="rows links" aria-label="Links">
      {links.map(({ title, url }) => (
        <li key={title + url}>
          <a href={url} rel="noreferrer">
            {title}
          </a>
          <span class="end small dim">{URL.parse(url)?.host}</span>
        </li>
      ))}
    </ul>
  );
}
