import { visibleGroups } from '../frame/places.ts';
import type { GlyphName } from '../parts/glyphs.ts';
import { pathTo, withQuery } from '../paths.ts';
import type { Named } from '../wire.ts';
import type { Ranked } from './rank.ts';

/** What the palette offers: something to do, or somewhere to go. */
export interface PaletteEntry extends Ranked {
  readonly key: string;
  readonly group: 'Do' | 'Go to';
  readonly glyph: GlyphName;
  readonly note?: string;
  readonly take: () => void;
}

/** What the palette knows of the fleet and its people. */
export interface Known {
  readonly services: readonly (Named & { readonly owner: Named })[];
  readonly teams: readonly Named[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
}

/** What the palette can move; handed in, so that the list can be tested without a browser. */
export interface Hands {
  readonly may: (permission: string) => boolean;
  readonly go: (href: string) => void;
  readonly signOut: () => void;
  readonly copy: (text: string, what: string) => void;
  readonly wishTheme: (wish: 'chart' | 'night' | 'system') => void;
  readonly here: () => string;
  /** Whether there are keys to press: a phone is not told of them. */
  readonly hasKeys: boolean;
}

type Action = Omit<PaletteEntry, 'group' | 'key'> & { readonly permission?: string };

const actionsOf = (hands: Hands): readonly Action[] => [
  {
    text: 'Create a token',
    also: 'api key secret ci new',
    glyph: 'gate',
    permission: 'tokens.manage',
    take: () => hands.go('/tokens?new=yes'),
  },
  {
    text: 'Invite a person',
    also: 'add user colleague new sign-in link',
    glyph: 'role',
    permission: 'access.manage',
    take: () => hands.go('/people?new=yes'),
  },
  {
    text: 'Switch to night watch',
    also: 'theme dark',
    glyph: 'theme',
    note: 'dark, low glare',
    take: () => hands.wishTheme('night'),
  },
  {
    text: 'Switch to chart',
    also: 'theme light',
    glyph: 'theme',
    note: 'ink on paper',
    take: () => hands.wishTheme('chart'),
  },
  {
    text: 'Use the theme of the system',
    also: 'dark light automatic',
    glyph: 'theme',
    take: () => hands.wishTheme('system'),
  },
  {
    text: 'Copy the address of this page',
    also: 'link url share',
    glyph: 'copy',
    take: () => hands.copy(hands.here(), 'Address'),
  },
  {
    text: 'Copy the command for a sign-in link',
    also: 'login locked out',
    glyph: 'copy',
    note: 'run it on the server',
    take: () => hands.copy('npx plimsoll sign-in', 'Command'),
  },
  { text: 'Change my password', glyph: 'role', take: () => hands.go('/mine#password') },
  { text: 'Sign out', also: 'log out leave end session', glyph: 'close', take: hands.signOut },
];

const placesOf = (hands: Hands): readonly PaletteEntry[] =>
  visibleGroups(hands.may)
    .flatMap(({ places }) => places)
    .map(({ name, href, glyph, letter }) => ({
      key: `go ${href}`,
      group: 'Go to',
      text: name,
      glyph,
      ...(hands.hasKeys ? { note: `g ${letter}` } : {}),
      take: () => hands.go(href),
    }));

const knownOf = (known: Known, hands: Hands): readonly PaletteEntry[] => [
  ...known.services.map(
    ({ name, title, owner }): PaletteEntry => ({
      key: `service ${name}`,
      group: 'Go to',
      text: name,
      also: `service ${title} ${owner.name} ${owner.title}`,
      glyph: 'unknown',
      note: `service of ${owner.title}`,
      take: () => hands.go(pathTo('services', name)),
    }),
  ),
  ...known.teams.map(
    ({ name, title }): PaletteEntry => ({
      key: `team ${name}`,
      group: 'Go to',
      text: name,
      also: `team ${title}`,
      glyph: 'role',
      note: 'team',
      take: () => hands.go(pathTo('teams', name)),
    }),
  ),
  ...known.people.map(
    ({ id, name }): PaletteEntry => ({
      key: `person ${id}`,
      group: 'Go to',
      text: name,
      also: 'person',
      glyph: 'role',
      note: 'person',
      take: () => hands.go(withQuery('/people', '', { person: id })),
    }),
  ),
];

/** Everything this person may do and reach, in the order shown while nothing has been typed. */
export function entriesOf(known: Known, hands: Hands): readonly PaletteEntry[] {
  const permitted = actionsOf(hands).filter(({ permission }) => permission === undefined || hands.may(permission));
  const actions = permitted.map((action): PaletteEntry => ({ ...action, key: `do ${action.text}`, group: 'Do' }));
  return [...placesOf(hands), ...knownOf(known, hands), ...actions, allKeys(hands)];
}

const allKeys = (hands: Hands): PaletteEntry => ({
  key: 'go /keys',
  group: 'Go to',
  text: 'All keys',
  also: 'keyboard shortcuts help',
  glyph: 'book',
  ...(hands.hasKeys ? { note: '?' } : {}),
  take: () => hands.go('/keys'),
});
