import { computed, signal } from '@preact/signals';

/** Chart is ink on paper, by day. Night is the night watch: dark, red-shifted, low glare. System follows the machine. */
export const themeWishes = ['system', 'chart', 'night'] as const;
export type ThemeWish = (typeof themeWishes)[number];
export type Theme = Exclude<ThemeWish, 'system'>;

/** Shared with theme-boot.js, which reads it before the first paint. */
const storeName = 'plimsoll.theme';
const darkness = matchMedia('(prefers-color-scheme: dark)');

const isWish = (text: string | null | undefined): text is ThemeWish => themeWishes.some((wish) => wish === text);
const fromPage = document.documentElement.dataset.theme;

export const themeWish = signal<ThemeWish>(isWish(fromPage) ? fromPage : 'system');
const systemTheme = signal<Theme>(darkness.matches ? 'night' : 'chart');
darkness.addEventListener('change', () => {
  systemTheme.value = darkness.matches ? 'night' : 'chart';
});

/** The theme that is seen. */
export const theme = computed<Theme>(() => (themeWish.value === 'system' ? systemTheme.value : themeWish.value));

export const themeNames: Readonly<Record<ThemeWish, string>> = {
  system: 'As the system',
  chart: 'Chart',
  night: 'Night watch',
};

/** Sets the theme now and for the next visit. */
export function wishTheme(wish: ThemeWish): void {
  themeWish.value = wish;
  if (wish === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = wish;
  try {
    if (wish === 'system') localStorage.removeItem(storeName);
    else localStorage.setItem(storeName, wish);
  } catch {
    // Storage is forbidden in this browser: the wish holds for this page alone.
  }
}

/** The other theme of the two, whatever set the one that is seen. */
export const switchTheme = (): void => wishTheme(theme.value === 'night' ? 'chart' : 'night');
