import type { Hull } from './hull.ts';
import type { Measured, Reading } from './reading.ts';
import { freeboardOf, type Label, labelsOf, rulerOf, seasonTicks } from './scale.ts';

/** Half the height of a figure: from the middle of a text to its base line. */
const base = 3.6;

/** Everything round the plate at its largest size. */
export function ServiceScale({ hull, reading }: { hull: Hull; reading: Reading }) {
  return (
    <>
      <Ruler hull={hull} />
      {reading.kind === 'measured' ? <Freeboard hull={hull} reading={reading} /> : null}
      {reading.kind === 'unknown' ? null : <Seasons hull={hull} reading={reading} />}
      {labelsOf(hull, reading).map((label) => (
        <text key={label.text} class={labelClass[label.kind]} x={hull.right + 27} y={label.y + base}>
          {label.text}
        </text>
      ))}
    </>
  );
}

const labelClass: Readonly<Record<Label['kind'], string>> = {
  deck: 'b',
  mark: '',
  water: 'wlt',
  stale: 'b',
  forecast: 'i',
};

function Ruler({ hull }: { hull: Hull }) {
  return (
    <>
      {rulerOf(hull).map(({ share, y, numbered }) => (
        <g key={share}>
          <path class="tk" d={numbered ? `M30 ${y}H38` : `M33 ${y}H38`} />
          {numbered ? (
            <text class="q" x="26" y={y + base} text-anchor="end">
              {share}
            </text>
          ) : null}
        </g>
      ))}
    </>
  );
}

function Freeboard({ hull, reading }: { hull: Hull; reading: Measured }) {
  const freeboard = freeboardOf(hull, reading);
  if (freeboard === undefined) return null;
  const { top, bottom, middle, number } = freeboard;
  return (
    <>
      <path class="dimn" d={`M66 ${top}V${bottom}`} />
      <path class="ah" d={`M66 ${top}l-3 7h6ZM66 ${bottom}l-3-7h6Z`} />
      {number === undefined ? null : (
        <>
          <text class="b left halo" x="60" y={middle + 1} text-anchor="end">
            {number}
          </text>
          <text class="q halo" x="60" y={middle + 13} text-anchor="end">
            left
          </text>
        </>
      )}
    </>
  );
}

function Seasons({ hull, reading }: { hull: Hull; reading: Exclude<Reading, { kind: 'unknown' }> }) {
  return (
    <>
      {seasonTicks(hull, reading).map(({ letter, y, letterY, inForce }) => (
        <g key={letter}>
          <path class="mk" d={`M${hull.left - 8} ${y}H${hull.left}`} stroke-width={inForce ? 2.5 : 1} />
          <text class={inForce ? 'b halo' : 'q halo'} x={hull.left - 11} y={letterY + base} text-anchor="end">
            {letter}
          </text>
        </g>
      ))}
    </>
  );
}
