import { signal } from '@preact/signals';

export const paletteIsOpen = signal(false);

/** Opens the palette: from the header, by Ctrl K, from a page that has nothing to show. */
export const openPalette = (): void => {
  paletteIsOpen.value = true;
};
