import type { GlyphName } from '../parts/glyphs.ts';

/** A place of the console that has a page. Navigation, palette and keys all read this list, so none shows more than exists. */
export interface PlaceOfConsole {
  readonly name: string;
  readonly href: string;
  /** The letter after `g`. */
  readonly letter: string;
  readonly glyph: GlyphName;
  /** Hidden from those whom the server would refuse. */
  readonly permission?: string;
}

export interface PlaceGroup {
  /** Null for places that stand alone. */
  readonly name: string | null;
  readonly places: readonly PlaceOfConsole[];
}

export const placeGroups: readonly PlaceGroup[] = [
  { name: null, places: [{ name: 'Bridge', href: '/', letter: 'b', glyph: 'carry-on' }] },
  {
    name: 'Observe',
    places: [{ name: 'Services', href: '/services', letter: 's', glyph: 'deploy', permission: 'services.read' }],
  },
  {
    name: 'Change',
    places: [
      {
        name: 'Definitions',
        href: '/definitions',
        letter: 'd',
        glyph: 'configuration',
        permission: 'definitions.read',
      },
    ],
  },
  {
    name: 'Secure',
    places: [
      { name: 'Audit', href: '/audit', letter: 'a', glyph: 'clock', permission: 'audit.read' },
      { name: 'Tokens', href: '/tokens', letter: 't', glyph: 'gate', permission: 'tokens.read' },
      { name: 'People', href: '/people', letter: 'p', glyph: 'role', permission: 'people.read' },
    ],
  },
  {
    name: null,
    places: [
      { name: 'Mine', href: '/mine', letter: 'm', glyph: 'role' },
      { name: 'Style guide', href: '/styleguide', letter: 'y', glyph: 'book' },
    ],
  },
];

/** The groups with what this person may see; groups that become empty are left out. */
export const visibleGroups = (may: (permission: string) => boolean): readonly PlaceGroup[] =>
  placeGroups
    .map(({ name, places }) => ({
      name,
      places: places.filter(({ permission }) => permission === undefined || may(permission)),
    }))
    .filter(({ places }) => places.length > 0);
