import { signal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';

/** A step of the way to this page; the last one is the page itself and has no address. */
export interface Crumb {
  readonly text: string;
  readonly href?: string;
}

export const crumbs = signal<readonly Crumb[]>([]);

/** Names the page in the header and in the browser's tab: the way to it, and last the page itself. */
export function usePage(...way: readonly Crumb[]): void {
  const title = way.at(-1)?.text ?? 'Plimsoll';
  const written = JSON.stringify(way);
  useLayoutEffect(() => {
    crumbs.value = JSON.parse(written) as readonly Crumb[];
    document.title = `${title} · Plimsoll`;
  }, [written, title]);
}
