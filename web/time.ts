import { signal } from '@preact/signals';

/** The second that the header shows. */
export const now = signal(Date.now());

/** The same moment, but told every ten seconds only: for ages, so that a page does not draw itself anew each second. */
export const calmNow = signal(Date.now());

const calmMs = 10_000;

/** Lets both move, each at the turn of its own step. */
export function startTime(): void {
  const tick = (): void => {
    const at = Date.now();
    now.value = at;
    if (at - calmNow.value >= calmMs || at < calmNow.value) calmNow.value = at;
    setTimeout(tick, 1_000 - (at % 1_000));
  };
  tick();
}
