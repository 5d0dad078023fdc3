/**
 * Reads the tokens and calculates contrast, so that the figures of the visual language are laws and not hopes.
 * Colours are oklch (https://www.w3.org/TR/css-color-4/#ok-lab), contrast is that of WCAG 2.2.
 */

export type Theme = 'chart' | 'night';

/** A colour in sRGB, linear light, each channel from 0 to 1. */
type Linear = readonly [red: number, green: number, blue: number];

const pair = /--([\w-]+):\s*light-dark\(\s*oklch\(([^)/]+)\)\s*,\s*oklch\(([^)/]+)\)\s*\)/g;

/** The colour tokens of a theme by name, without the two dashes. Tokens with transparency have no contrast of their own. */
export function colourTokens(css: string, theme: Theme): ReadonlyMap<string, Linear> {
  const found = new Map<string, Linear>();
  for (const [, name = '', chart = '', night = ''] of css.matchAll(pair)) {
    const [lightness = 0, chroma = 0, hue = 0] = (theme === 'chart' ? chart : night).trim().split(/\s+/).map(Number);
    found.set(name, linearOf(lightness, chroma, hue));
  }
  return found;
}

/** From oklch to linear sRGB, cut to what a screen can show. */
function linearOf(lightness: number, chroma: number, hue: number): Linear {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const cut = (channel: number): number => Math.min(1, Math.max(0, channel));
  return [
    cut(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    cut(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    cut(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ];
}

/** Relative luminance, from black at 0 to white at 1. */
export const luminance = ([red, green, blue]: Linear): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

/** Contrast of two colours, from 1 to 21. */
export function contrast(one: Linear, other: Linear): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}
