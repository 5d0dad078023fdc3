import { useId } from 'preact/hooks';
import { type Hull, heightOf } from './hull.ts';
import { type Measured, marksOf, type Stale } from './reading.ts';

/**
 * Comb and disc. Under alarm water ink would drown, so the part below the waterline is drawn again in the colour that
 * reads on alarm, each half clipped at the waterline.
 */
export function Marks({
  hull,
  reading,
  water,
  submerged,
}: {
  hull: Hull;
  reading: Measured | Stale;
  water: number;
  submerged: boolean;
}) {
  const id = useId();
  // At 24 px the comb is notches outside the plate, which no water reaches.
  if (hull.disc === undefined) return <Notches hull={hull} reading={reading} />;
  const marks = <CombAndDisc hull={hull} reading={reading} />;
  if (!submerged) return marks;
  return (
    <>
      <clipPath id={`${id}-dry`}>
        <rect x={0} y={0} width={hull.width} height={water} />
      </clipPath>
      <clipPath id={`${id}-wet`}>
        <rect x={hull.left} y={water} width={hull.right - hull.left} height={hull.height} />
      </clipPath>
      <g clip-path={`url(#${id}-dry)`}>{marks}</g>
      <g clip-path={`url(#${id}-wet)`} class="wetmk">
        {marks}
      </g>
    </>
  );
}

function CombAndDisc({ hull, reading }: { hull: Hull; reading: Measured | Stale }) {
  const { comb, disc, lettersX } = hull;
  const marks = marksOf(reading);
  const freeze = heightOf(hull, marks.freeze);
  const teeth = [
    { letter: 'R', y: heightOf(hull, marks.review) },
    { letter: 'C', y: heightOf(hull, marks.canary) },
    { letter: 'F', y: freeze },
  ];
  return (
    <>
      <path class="mk" d={`M${comb.x} ${freeze}V${heightOf(hull, marks.review)}`} stroke-width={comb.stroke} />
      {teeth.map(({ letter, y }) => (
        <g key={letter}>
          <path class="mk" d={`M${comb.x - comb.stroke / 2} ${y}H${comb.x + comb.tick}`} stroke-width={comb.stroke} />
          {lettersX === undefined ? null : (
            <text class="mkt" x={lettersX} y={y + 3.6}>
              {letter}
            </text>
          )}
        </g>
      ))}
      {disc === undefined ? null : (
        <>
          <circle class="mk" cx={disc.x} cy={freeze} r={disc.radius} stroke-width={disc.stroke} />
          <path
            class="mk"
            d={`M${disc.x - disc.radius * 1.45} ${freeze}H${disc.x + disc.radius * 1.45}`}
            stroke-width={disc.stroke}
          />
        </>
      )}
    </>
  );
}

function Notches({ hull, reading }: { hull: Hull; reading: Measured | Stale }) {
  const { review, canary, freeze } = marksOf(reading);
  const { x, tick, stroke } = hull.comb;
  const notch = (share: number, length: number) => (
    <path class="mk" d={`M${x} ${heightOf(hull, share)}H${x + length}`} stroke-width={stroke} />
  );
  return (
    <>
      {notch(review, tick)}
      {notch(canary, tick)}
      {notch(freeze, tick + 1)}
    </>
  );
}
