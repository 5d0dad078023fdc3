import { timesEven } from '../load-line/words.ts';
import { StateWord } from '../state.tsx';
import { percent } from '../time/range.ts';
import { burnShare, burnTicks } from './log-scale.ts';

export type BurnWindow = {
  /** What it does when both windows burn too fast: "page", "ticket". */
  readonly name: string;
  /** Both lengths in words: "1 h and 5 min". */
  readonly lengths: string;
  readonly long: number;
  readonly short: number;
  /** It acts when both are at or over this rate. */
  readonly threshold: number;
};

/** How fast the budget burns in each pair of windows, all on one log scale. */
export function BurnWindows({ windows }: { windows: readonly BurnWindow[] }) {
  return (
    <div class="bw">
      <ul>
        {windows.map((window) => (
          <li key={window.lengths}>
            <span>
              <b>{window.name}</b>
              {window.lengths}
            </span>
            <Bars {...window} />
            <span class="num v">
              {timesEven(window.long)}× <small>of {window.threshold}×</small>
            </span>
            {Math.min(window.long, window.short) >= window.threshold ? (
              <StateWord state="exhausted">Acts</StateWord>
            ) : (
              <StateWord state="calm">Rests</StateWord>
            )}
          </li>
        ))}
      </ul>
      <div class="bx" aria-hidden="true">
        {burnTicks.map((rate) => (
          <i key={rate} style={{ left: percent(burnShare(rate)) }}>
            {rate.toLocaleString('en')}×
          </i>
        ))}
      </div>
    </div>
  );
}

function Bars({ long, short, threshold, lengths }: BurnWindow) {
  const told = `${lengths}: ${timesEven(long)} and ${timesEven(short)} times the even rate, threshold ${threshold}`;
  return (
    <div class="bt" role="img" aria-label={told}>
      <u style={{ width: percent(burnShare(long)) }} />
      <u class="s" style={{ width: percent(burnShare(short)) }} />
      <s style={{ left: percent(burnShare(threshold)) }} />
    </div>
  );
}
