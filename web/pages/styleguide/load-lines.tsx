import type { ComponentChildren } from 'preact';
import {
  Badge,
  LoadLine,
  leftInWords,
  marksBySeason,
  type Reading,
  Section,
  StateWord,
  seasons,
  stateOf,
} from '../../parts/index.ts';

type Sample = { readonly name: string; readonly reading: Reading; readonly words: ComponentChildren };

const samples: readonly Sample[] = [
  { name: 'Calm', reading: { kind: 'measured', spent: 31, burn: 0.8 }, words: <StateWord state="calm" /> },
  { name: 'Watch', reading: { kind: 'measured', spent: 47, burn: 2.3 }, words: <StateWord state="watch" /> },
  {
    name: 'Risk',
    reading: { kind: 'measured', spent: 71, burn: 9.1, forecast: { spent: 87, when: 'in 3 h' } },
    words: <StateWord state="risk" />,
  },
  {
    name: 'Frozen by policy',
    reading: { kind: 'measured', spent: 88, burn: 3.1 },
    words: <StateWord state="frozen" />,
  },
  {
    name: 'Exhausted',
    reading: { kind: 'measured', spent: 104, burn: 22 },
    words: <StateWord state="exhausted">Spent, {leftInWords(104)}</StateWord>,
  },
  {
    name: 'Frozen by decision',
    reading: { kind: 'measured', spent: 22, burn: 0.3, frozenByDecision: true },
    words: <Badge kind="frozen">Frozen to Mon 06:00</Badge>,
  },
  {
    name: 'Stale',
    reading: { kind: 'no-data', spent: 52, age: '14 min' },
    words: <StateWord state="no-data">No data for 14 min</StateWord>,
  },
  { name: 'New', reading: { kind: 'unknown' }, words: <StateWord state="unknown">No objective yet</StateWord> },
];

/** The main instrument in every state and in three of its sizes. */
export function LoadLines() {
  return (
    <Section name="Load line: 240, 64 and 24 px" note="percent of the budget spent">
      <div class="lines">
        {samples.map(({ name, reading, words }) => (
          <figure key={name}>
            <LoadLine name={name} reading={reading} size="service" />
            <figcaption>
              {words}
              <span class="smaller">
                <LoadLine name={name} reading={reading} size="summary" />
                <LoadLine name={name} reading={reading} size="row" />
              </span>
            </figcaption>
          </figure>
        ))}
      </div>
    </Section>
  );
}

const seasonWords = {
  summer: { name: 'Summer', when: 'calm waters' },
  winter: { name: 'Winter', when: 'peak trading, holidays' },
  'north-atlantic': { name: 'North Atlantic', when: 'open incident, audit, few on watch' },
} as const;

/** One share of the budget under three combs: the same water is calm in summer and risky in the North Atlantic. */
export function Seasons() {
  return (
    <Section name="Seasons" note="same water, lower marks: the rougher the season, the sooner the policy acts">
      <div class="seasons">
        {seasons.map((season) => {
          const reading: Reading = { kind: 'measured', spent: 48, burn: 1.2, season };
          const { review, canary, freeze } = marksBySeason[season];
          return (
            <div key={season}>
              <LoadLine name={seasonWords[season].name} reading={reading} size="fleet" />
              <b>{seasonWords[season].name}</b>
              <span class="dim small">{seasonWords[season].when}</span>
              <span class="dim small num">
                R {review}, C {canary}, F {freeze}
              </span>
              <StateWord state={stateOf(reading)} />
            </div>
          );
        })}
      </div>
    </Section>
  );
}

const fleet: readonly { readonly name: string; readonly reading: Reading }[] = [
  { name: 'gateway', reading: { kind: 'measured', spent: 31, burn: 0.8 } },
  { name: 'recommendation', reading: { kind: 'measured', spent: 47, burn: 2.3 } },
  { name: 'checkout', reading: { kind: 'measured', spent: 71, burn: 9.1 } },
  { name: 'payment', reading: { kind: 'measured', spent: 104, burn: 55 } },
  { name: 'orders', reading: { kind: 'measured', spent: 84, burn: 1.4 } },
  { name: 'catalog', reading: { kind: 'measured', spent: 22, burn: 0.3, frozenByDecision: true } },
  { name: 'search', reading: { kind: 'no-data', spent: 52, age: '14 min' } },
  { name: 'gift-card-batch', reading: { kind: 'unknown' } },
];

/** Services side by side on one axis, decks aligned. */
export function Fleet() {
  return (
    <Section name="Fleet, 120 px" note="one axis, decks aligned, up to eight columns">
      <ul class="seasons">
        {fleet.map(({ name, reading }) => (
          <li key={name}>
            <LoadLine name={name} reading={reading} size="fleet" />
            <b>{name}</b>
            <StateWord state={stateOf(reading)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
