/** Round values for the grid. */
export type Ticks = { readonly step: number; readonly values: readonly number[]; readonly top: number };

const tickCountMax = 4;

/**
 * Two to four round values over nought, the highest at or above the greatest value.
 * @param greatest the greatest value shown; nought or less counts as one, so that an empty plot still has a scale
 */
export function ticksOf(greatest: number): Ticks {
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

const figures = new Intl.NumberFormat('en', { maximumSignificantDigits: 6 });

/** A figure as written in the console: `1,720`. */
export const figure = (value: number): string => figures.format(value).replace('-', '−');
