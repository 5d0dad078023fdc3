import { Scroll } from '../scroll.tsx';
import { box, type Interval, type Verdict, type VerdictFrame, verdictOf, verdictPaths, xOf, yOf } from './verdict.ts';

const words: Readonly<Record<Verdict, string>> = {
  worse: 'has seen enough: worse',
  'no-worse': 'has seen enough: no worse',
  undecided: 'not decided',
};

const signed = (value: number): string => (value > 0 ? `+${value}` : String(value).replace('-', '−'));

/**
 * The interval of a difference as it narrows round an ink line. The band below the dashed line is what is allowed; the
 * dot is where the interval leaves it.
 * @param measure what is compared: "latency p95, canary against baseline"
 * @param allowed the greatest difference that is still good, percent
 * @param couldSee what it could see and when: "could see +20 % in 14 min"; while undecided, the time still needed
 */
export function VerdictForming({
  measure,
  intervals,
  allowed,
  frame,
  couldSee,
}: {
  measure: string;
  intervals: readonly Interval[];
  allowed: number;
  frame: VerdictFrame;
  couldSee?: string;
}) {
  const { verdict, at } = verdictOf(intervals, allowed);
  // What came after the decision changes nothing, so it is not drawn.
  const shown = at === undefined ? intervals : intervals.slice(0, intervals.indexOf(at) + 1);
  const { band, edges, middle } = verdictPaths(frame, shown);
  const limit = yOf(frame, allowed);
  const now = xOf(frame, at?.at ?? intervals.at(-1)?.at ?? frame.from);
  return (
    <Scroll label={measure}>
      {' '}
      <svg class="vf" viewBox="0 0 480 96" role="img" aria-label={`${measure}: ${words[verdict]}`}>
        <rect class="d1" x={box.left} y={limit} width={370} height={box.bottom - limit} />
        <path class="d3 wide" d={band} />
        <path class="edges" d={edges} />
        <path class="middle" d={middle} />
        <path class="limit" d={`M${box.left} ${limit}H${box.right}`} />
        <text x={box.left - 6} y={limit + 4} text-anchor="end">
          {signed(allowed)}
        </text>
        <path class={verdict === 'undecided' ? 'seen open' : 'seen'} d={`M${now} 2V${box.bottom}`} />
        {at === undefined ? (
          <circle class="ring" cx={now} cy={yOf(frame, shown.at(-1)?.middle ?? allowed)} r="5" />
        ) : (
          <circle class="dot" cx={now} cy={yOf(frame, verdict === 'worse' ? at.low : at.high)} r="4" />
        )}
        <text class={verdict === 'undecided' ? 'i' : 'b'} x={now + 8} y="12">
          {words[verdict]}
        </text>
        {couldSee === undefined ? null : (
          <text class="i" x={box.right - 8} y="80" text-anchor="end">
            {couldSee}
          </text>
        )}
      </svg>
    </Scroll>
  );
}
