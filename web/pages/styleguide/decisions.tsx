import {
  BurnWindows,
  Button,
  Calendar,
  DecisionTrace,
  Drafted,
  type Interval,
  LedgerStrip,
  LintHint,
  LintMark,
  Meter,
  type Question,
  Section,
  Share,
  Stepper,
  Strip,
  VerdictForming,
} from '../../parts/index.ts';
import {
  calendarNow,
  clockChangeAt,
  dayShifts,
  days,
  ledger,
  nightShifts,
  overrideShifts,
  resultShifts,
} from './samples.ts';

export function Alarm() {
  return (
    <Section name="Strip" note="at most one solid block of alarm a view: who is hit, since when">
      <Strip
        href="#incident"
        severity="SEV 1"
        title="1 in 9 card payments fails"
        detail="Works: wallet, gift cards"
        facts={[
          { name: 'Lasts', value: '24:18' },
          { name: 'Commander', value: 'Nobody yet' },
        ]}
      />
    </Section>
  );
}

const questions: readonly Question[] = [
  {
    key: 'true',
    question: 'Was it true?',
    answer: 'Yes: 14.6× over 1 h',
    outcome: 'decided',
    rule: 'True since 02:46:50.',
    clock: '02:46:50',
  },
  {
    key: 'silenced',
    question: 'Is it silenced?',
    answer: 'No: 2 are active, neither matches',
    outcome: 'changed-nothing',
    clock: '02:46:50',
  },
  {
    key: 'route',
    question: 'Which route?',
    answer: 'team harbour, payments',
    outcome: 'decided',
    clock: '02:46:50',
    routes: [
      { key: 'staging', outcome: 'did-not-match', match: 'env = staging', note: 'this is production' },
      { key: 'payment', outcome: 'decided', match: 'service = payment', to: 'to watch “payments”', note: 'stops here' },
      { key: 'checkout', outcome: 'not-asked', match: 'service = checkout', note: 'not asked' },
    ],
  },
  { key: 'secondary', question: 'The secondary?', answer: 'Not asked: the primary had it', outcome: 'not-asked' },
  {
    key: 'taken',
    question: 'Who took it?',
    answer: 'The primary, after 1 min 40 s',
    outcome: 'decided',
    clock: '02:49:00',
    last: true,
  },
];

export function Decisions() {
  return (
    <Section name="Decision trace" note="decided, changed nothing, did not match, not asked">
      <DecisionTrace label="Why the primary was paged" questions={questions} />
    </Section>
  );
}

export function Watches() {
  return (
    <Section name="Calendar" note="layer, night, agreed, proposed, unreachable, gap, clock change">
      <Calendar
        label="Watch “payments”, four days"
        range={days}
        now={calendarNow}
        lanes={[
          { name: 'Day', shifts: dayShifts },
          { name: 'Night', shifts: nightShifts },
          { name: 'Override', shifts: overrideShifts },
        ]}
        result={{ name: 'On watch', shifts: resultShifts }}
        clockChanges={[{ at: clockChangeAt, text: 'Sun 28, 01:00 to 02:00' }]}
      />
    </Section>
  );
}

export function Ledgers() {
  return (
    <Section name="Share, meters, ledger strip" note="exact counts; corrections are facts beside them">
      <div class="two">
        <div>
          <Share
            measure="Nights"
            sharers={[
              { name: 'Ines Duarte', count: 22 },
              { name: 'Aiko Mori', count: 12 },
              { name: 'Sam Okafor', count: 16 },
            ]}
          />
          <div class="two below">
            <Meter label="Cadence, recorded" share={75} />
            <Meter label="Suspicion, inferred" share={82} kind="inferred" />
          </div>
        </div>
        <LedgerStrip label="Budget of payment" days={ledger} />
      </div>
    </Section>
  );
}

export function Burns() {
  return (
    <Section name="Burn windows" note="one log scale; long over short, threshold through both">
      <BurnWindows
        windows={[
          { name: 'Page', lengths: '1 h, 5 min', long: 22, short: 31, threshold: 14.4 },
          { name: 'Page', lengths: '6 h, 30 min', long: 4.1, short: 18, threshold: 6 },
          { name: 'Ticket', lengths: '3 d, 6 h', long: 0.9, short: 4.1, threshold: 1 },
        ]}
      />
    </Section>
  );
}

const intervals: readonly Interval[] = Array.from({ length: 15 }, (_, at) => {
  const half = 62 / Math.sqrt(1 + at * 1.1) - 4;
  return { at, low: 26 - half, middle: 26 + Math.sin(at), high: 26 + half };
});

export function Verdicts() {
  const frame = { from: 0, to: 8, low: -24, high: 80 };
  return (
    <Section name="Verdict forming, steps of a rollout" note="the dot is where the interval leaves what is allowed">
      <VerdictForming
        measure="Latency p95, canary against baseline"
        intervals={intervals}
        allowed={10}
        frame={frame}
        couldSee="could see +20 % in 14 min"
      />
      <VerdictForming
        measure="Failures, canary against baseline"
        intervals={intervals.slice(0, 6)}
        allowed={20}
        frame={frame}
        couldSee="needs 9 min more"
      />
      <div class="below">
        <Stepper
          label="Steps of checkout 2.41.1"
          steps={[
            { share: '1 %', state: 'done' },
            { share: '5 %', state: 'now' },
            { share: '25 %', state: 'halted' },
            { share: '100 %', state: 'later' },
          ]}
        />
      </div>
    </Section>
  );
}

export function Drafts() {
  return (
    <Section name="Draft and lint" note="upright where a fact stands behind it; a hint never blocks">
      <Drafted evidence={{ href: '#payment', text: '02:31, deploy' }}>
        payment 3.18.0 holds a lock on <LintMark>carelessly</LintMark> chosen rows while it asks the bank.
      </Drafted>
      <Drafted>The pool of 60 connections filled within three minutes.</Drafted>
      <LintHint
        actions={
          <>
            <Button size="small">Take “widely”</Button>
            <Button size="small" kind="quiet">
              Let it stand
            </Button>
          </>
        }
      >
        “Carelessly” judges a person. Say what was chosen, and what made it look right then.
      </LintHint>
    </Section>
  );
}
