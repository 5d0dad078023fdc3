import { computed, signal } from '@preact/signals';
import { insidePath, type QueryChanges, withQuery } from './paths.ts';

/** Where the console is. Every state of every view has an address, so this is all there is to restore. */
export interface Place {
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

const read = (): Place => ({ path: location.pathname, query: location.search, fragment: location.hash });
const current = signal<Place>(read());

export const place = computed(() => current.value);
export const query = computed(() => new URLSearchParams(current.value.query));

/** How a move is written into the browser's history: a filter that is being typed replaces, all else is a step back and forth. */
export interface Move {
  readonly replace?: boolean;
}

/** Goes to an address inside the console. */
export function go(to: string, move: Move = {}): void {
  const before = current.value;
  if (move.replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  current.value = read();
  if (current.value.path !== before.path) window.scrollTo(0, 0);
}

/** Changes the query of the place where we are: filters, pages, an open dialog. */
export function goQuery(changes: QueryChanges, move: Move = { replace: true }): void {
  go(withQuery(current.value.path, current.value.query, changes), move);
}

const isPlainClick = (click: MouseEvent): boolean =>
  click.button === 0 && !(click.ctrlKey || click.metaKey || click.shiftKey || click.altKey);

/** Follows links inside the console without loading the page again, and the browser's back and forth. */
export function startRouter(): void {
  addEventListener('popstate', () => {
    current.value = read();
  });
  document.addEventListener('click', (click) => {
    if (click.defaultPrevented || !isPlainClick(click)) return;
    const link = click.target instanceof Element ? click.target.closest('a') : null;
    if (link === null || link.target !== '' || link.hasAttribute('download')) return;
    // A place on this very page, such as the one that "Skip to the page" leads to: the browser scrolls, and moves the focus.
    if (link.hash !== '' && link.pathname === location.pathname && link.search === location.search) return;
    const to = insidePath(link.href, location.origin);
    if (to === null) return;
    click.preventDefault();
    go(to);
  });
}
