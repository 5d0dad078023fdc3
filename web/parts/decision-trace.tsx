import type { ComponentChildren } from 'preact';
import { Glyph } from './glyph.tsx';
import type { GlyphName } from './glyphs.ts';

/** What an answer did. A cross is no failure, so none has a colour. */
export type Outcome = 'decided' | 'changed-nothing' | 'did-not-match' | 'not-asked';

const glyphByOutcome: Readonly<Record<Outcome, GlyphName>> = {
  decided: 'check',
  'changed-nothing': 'changed-nothing',
  'did-not-match': 'did-not-match',
  'not-asked': 'not-asked',
};

const wordByOutcome: Readonly<Record<Outcome, string>> = {
  decided: 'decided',
  'changed-nothing': 'changed nothing',
  'did-not-match': 'did not match',
  'not-asked': 'not asked',
};

export type Route = {
  readonly key: string;
  readonly outcome: Outcome;
  readonly match: string;
  readonly to?: string;
  readonly note?: string;
};

export type Question = {
  readonly key: string;
  readonly question: string;
  readonly answer: ComponentChildren;
  readonly outcome: Outcome;
  /** The rule the answer rests on. */
  readonly rule?: ComponentChildren;
  readonly clock?: string;
  /** Branches that were tried, in order. */
  readonly routes?: readonly Route[];
  /** The last word: who took it. */
  readonly last?: boolean;
};

/** Every question that was asked, in the order asked; what was skipped stays visible. */
export function DecisionTrace({ label, questions }: { label: string; questions: readonly Question[] }) {
  return (
    <ol class="dt" aria-label={label}>
      {questions.map((asked) => (
        <li key={asked.key} class={classOf(asked)}>
          <Glyph
            name={asked.last === true ? 'acknowledged' : glyphByOutcome[asked.outcome]}
            title={wordByOutcome[asked.outcome]}
          />
          <span class="q">{asked.question}</span>
          <div>
            <b>{asked.answer}</b>
            {asked.rule === undefined ? null : <p class="why">{asked.rule}</p>}
            {asked.routes === undefined ? null : <Routes routes={asked.routes} />}
          </div>
          {asked.clock === undefined ? null : <time class="num">{asked.clock}</time>}
        </li>
      ))}
    </ol>
  );
}

const classOf = ({ outcome, last }: Question): string | undefined => {
  if (outcome === 'not-asked') return 'skip';
  return last === true ? 'end' : undefined;
};

function Routes({ routes }: { routes: readonly Route[] }) {
  return (
    <ul class="rt">
      {routes.map(({ key, outcome, match, to, note }) => (
        <li key={key} class={outcome === 'decided' ? undefined : 'no'}>
          <Glyph name={glyphByOutcome[outcome]} title={wordByOutcome[outcome]} />
          <span>
            <code>{match}</code> {to === undefined ? null : <b>{to}</b>}
          </span>
          {note === undefined ? null : <span class="note">{note}</span>}
        </li>
      ))}
    </ul>
  );
}
