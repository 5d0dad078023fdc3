import { signal } from '@preact/signals';

/** Whether the navigation covers the page, on a phone. */
export const sheetIsOpen = signal(false);
