import { useId } from 'preact/hooks';
import { Marks } from './comb.tsx';
import { chevronsOf, type Hull, hatchOf, hulls, lineAt, outlineOf, type Size, sidesTop, waterlineOf } from './hull.ts';
import type { Measured, Reading, Stale } from './reading.ts';
import { forecastLine } from './scale.ts';
import { ServiceScale } from './service-scale.tsx';
import { chevronCount, isFreeboardHatched, type LoadLineState, stateOf } from './state.ts';
import { labelOf } from './words.ts';

const toneByState: Readonly<Record<LoadLineState, string>> = {
  calm: 'calm',
  watch: 'watch',
  risk: 'risk',
  frozen: 'alarm',
  exhausted: 'alarm',
  'no-data': 'none',
  unknown: 'none',
};

/**
 * The load line: the budget spent as water in a hull, with the marks where its policy acts.
 * @param name the service or objective it belongs to, read out before the figures
 * @param size `row` 26 × 24, `summary` 54 × 64, `fleet` 120 × 172, `service` 306 × 240
 */
export function LoadLine({ name, reading, size }: { name: string; reading: Reading; size: Size }) {
  const hull = hulls[size];
  return (
    <svg
      class={`ll ${size} ${toneByState[stateOf(reading)]}`}
      role="img"
      aria-label={labelOf(name, reading)}
      viewBox={`0 0 ${hull.width} ${hull.height}`}
      width={hull.width}
      height={hull.height}
    >
      {reading.kind === 'unknown' ? <Unknown hull={hull} /> : <Laden hull={hull} reading={reading} />}
      {size === 'service' ? <ServiceScale hull={hull} reading={reading} /> : null}
      {reading.kind === 'unknown' ? null : <Waterline hull={hull} reading={reading} size={size} />}
    </svg>
  );
}

/** No objective: an outline and a question. */
function Unknown({ hull }: { hull: Hull }) {
  const outline = outlineOf(hull, hull.top);
  return (
    <>
      <path class="hullbg" d={outline} />
      <path class="hull" d={outline} stroke-width={hull.strokes.plate} />
      <path class="deck" d={lineAt(hull, hull.deck)} stroke-width={hull.strokes.deck} />
      <text
        class="ask"
        x={(hull.left + hull.right) / 2}
        y={(hull.deck + hull.keel) / 2 + hull.question * 0.36}
        style={{ '--question': `${hull.question}px` }}
        text-anchor="middle"
      >
        ?
      </text>
    </>
  );
}

/** Plate, water, hatches, deck line and marks, from back to front. */
function Laden({ hull, reading }: { hull: Hull; reading: Measured | Stale }) {
  const clip = useId();
  const water = waterlineOf(hull, reading.spent);
  const outline = outlineOf(hull, sidesTop(hull, water));
  const state = stateOf(reading);
  return (
    <>
      <clipPath id={clip}>
        <path d={outline} />
      </clipPath>
      <path class="hullbg" d={outline} />
      <g clip-path={`url(#${clip})`}>
        {reading.kind === 'no-data' ? (
          <path class="stale" d={hatchOf({ ...hull, top: water, bottom: hull.keel }, hull.hatchStep)} />
        ) : (
          <rect
            class="wet rise"
            x={hull.left}
            width={hull.right - hull.left}
            height={hull.height}
            style={riseTo(water)}
          />
        )}
      </g>
      {reading.kind === 'measured' && isFreeboardHatched(reading) ? (
        <path class="hatch" d={hatchOf({ ...hull, top: hull.deck, bottom: water }, hull.hatchStep)} />
      ) : null}
      <path class="hull" d={outline} stroke-width={hull.strokes.plate} />
      <path class="deck" d={lineAt(hull, hull.deck)} stroke-width={hull.strokes.deck} />
      {state === 'exhausted' ? <SunkenDeck hull={hull} /> : null}
      <Marks hull={hull} reading={reading} water={water} submerged={state === 'frozen' || state === 'exhausted'} />
    </>
  );
}

/** The deck line where it lies under alarm water. */
function SunkenDeck({ hull: { left, right, deck, strokes } }: { hull: Hull }) {
  return (
    <path
      class="deck sunken"
      d={`M${left + strokes.plate} ${deck}H${right - strokes.plate}`}
      stroke-width={strokes.deck}
    />
  );
}

/** The waterline lies over everything but the chevrons; at the largest size the forecast is dashed over it. */
function Waterline({ hull, reading, size }: { hull: Hull; reading: Measured | Stale; size: Size }) {
  const water = waterlineOf(hull, reading.spent);
  const line = <path class="wl rise" d={lineAt(hull, 0)} stroke-width={hull.strokes.water} style={riseTo(water)} />;
  if (reading.kind === 'no-data') {
    const dash = size === 'row' ? '2 1.5' : '4 3';
    return <path class="wl" d={lineAt(hull, water)} stroke-width={hull.strokes.water} stroke-dasharray={dash} />;
  }
  const forecast = size === 'service' ? forecastLine(hull, reading) : undefined;
  return (
    <>
      {forecast === undefined ? null : <path class="ghost" d={lineAt(hull, forecast.y)} />}
      {line}
      {chevronsOf(hull, water, chevronCount(reading.burn)).map((chevron) => (
        <path key={chevron} class="ch" d={chevron} stroke-width={hull.chevron.stroke} />
      ))}
    </>
  );
}

/** Heights that the tide moves are transforms, so that they can glide. */
const riseTo = (water: number) => ({ transform: `translateY(${water}px)` });
