/** Round values for the grid. */
export type Ticks = { readonly step: number; readonly values: readonly number[]; readonly top: number };

/**
 * Two to four round values over nought, the highest at or above the greatest value.
 * @param greatest the greatest value shown; nought or less counts as one, so that an empty plot still has a scale
 * @param tickCountMax two for a low plot, so that the figures do not touch
 */
export function ticksOf(greatest: number, tickCountMax: 2 | 4 = 4): Ticks {
  const reach = greatest > 0 ? greatest : 1;
  const magnitude = 10 ** Math.floor(Math.log10(reach / tickCountMax));
  const step =
    [1, 2, 2.5, 5, 10, 20]
      .map((factor) => factor * magnitude)
      .find((size) => Math.ceil(reach / size) <= tickCountMax) ?? reach;
  const count = Math.max(Math.ceil(reach / step - 1e-9), 2);
  const values = Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
  return { step, values, top: values.at(-1) ?? reach };
}

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** A figure as written in the console, `1,720` or `0.316`: as many digits as an eye takes in beside a plot. */
export const figure = (value: number): string =>
  (Math.abs(value) >= 100 ? whole : fine).format(value).replace('-', '−');
