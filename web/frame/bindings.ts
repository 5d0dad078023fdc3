import type { KeyBinding } from '../keys.ts';
import { openPalette } from '../palette/open.ts';
import { go } from '../router.ts';
import { may } from '../session.ts';
import { switchTheme } from '../theme.ts';
import { visibleGroups } from './places.ts';

/** All keys of the console, for this person. */
export const bindings = (): readonly KeyBinding[] => [
  { keys: 'ctrl k', does: 'Find or do anything', run: openPalette },
  { keys: '/', does: 'Find or do anything', run: openPalette },
  { keys: '?', does: 'All keys', run: () => go('/keys') },
  { keys: 'n', does: 'Switch between chart and night watch', run: switchTheme },
  ...visibleGroups(may)
    .flatMap(({ places }) => places)
    .map(({ name, href, letter }) => ({ keys: `g ${letter}`, does: `Go to ${name}`, run: () => go(href) })),
];
