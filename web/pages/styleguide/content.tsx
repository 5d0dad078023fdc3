import {
  Badge,
  Button,
  type Column,
  Empty,
  FactsRow,
  KeyValue,
  LoadLine,
  leftInWords,
  type Measured,
  type Moment,
  Palette,
  type PaletteGroup,
  Section,
  StateWord,
  stateOf,
  Table,
  Timeline,
  TitleBlock,
  Toast,
  Toasts,
  timesEven,
} from '../../parts/index.ts';

type Objective = { readonly service: string; readonly promise: string; readonly reading: Measured };

const objectives: readonly Objective[] = [
  { service: 'auth', promise: '99.95 % of sign-ins succeed', reading: { kind: 'measured', spent: 12, burn: 0.2 } },
  { service: 'catalog', promise: '99.9 % of pages within 300 ms', reading: { kind: 'measured', spent: 34, burn: 1.1 } },
  {
    service: 'recommendation',
    promise: '99 % of lists within 400 ms',
    reading: { kind: 'measured', spent: 47, burn: 2.3 },
  },
  { service: 'checkout', promise: '99.8 % of orders accepted', reading: { kind: 'measured', spent: 71, burn: 9.1 } },
  {
    service: 'payment',
    promise: '99.9 % of card payments settle',
    reading: { kind: 'measured', spent: 104, burn: 55 },
  },
];

const columns: readonly Column<Objective>[] = [
  {
    key: 'line',
    head: 'Load line',
    hideHead: true,
    cell: ({ service, reading }) => <LoadLine name={service} reading={reading} size="row" />,
  },
  {
    key: 'objective',
    head: 'Objective',
    cell: ({ service, promise }) => (
      <>
        <b>{service}</b> <span class="dim small">{promise}</span>
      </>
    ),
  },
  { key: 'left', head: 'Left', align: 'right', cell: ({ reading }) => leftInWords(reading.spent) },
  { key: 'burn', head: 'Burn, 1 h', align: 'right', cell: ({ reading }) => `${timesEven(reading.burn)}×` },
  { key: 'gate', head: 'Gate', cell: ({ reading }) => <StateWord state={stateOf(reading)} /> },
];

export function Tables() {
  return (
    <Section name="Table" note="row 28 px by mouse, 44 px by finger; selected by pencil">
      <Table label="Objectives" columns={columns} rows={objectives} keyOf={(row) => row.service} current="checkout" />
      <div class="two below">
        <KeyValue
          pairs={[
            { name: 'Owner', value: 'team harbour' },
            { name: 'Tier', value: '1' },
            { name: 'Depends on', value: 'payment, catalog' },
          ]}
        />
      </div>
    </Section>
  );
}

const moments: readonly Moment[] = [
  { key: '1', clock: '03:10', glyph: 'run', fresh: true, text: 'Step 2 confirms lock waits' },
  { key: '2', clock: '03:05', glyph: 'decision', inferred: true, text: 'Suspicion rises to 82 %' },
  { key: '3', clock: '02:58', glyph: 'message', said: true, text: 'Wallet and gift cards work.' },
  { key: '4', clock: '02:47', glyph: 'incident', tone: 'alarm', text: <b>INC-312 opened</b>, by: 'policy: fast burn' },
  { key: '5', clock: '02:12', glyph: 'check', tone: 'safe', text: 'Probe of the status page recovered' },
];

export function Moments() {
  return (
    <Section name="Timeline, toasts">
      <div class="two">
        <Timeline label="Timeline of INC-312" moments={moments} />
        <Toasts>
          <Toast glyph="check" action={<Button size="small">Undo, 8 s</Button>}>
            Update sent to the status page and 2 channels.
          </Toast>
          <Toast glyph="incident" alarm>
            <b>payment burns 14 times too fast.</b> Page sent to the primary.
          </Toast>
          <Toast glyph="no-data">The live feed broke at 03:09. Shown: 2 min old. Trying again in 4 s.</Toast>
        </Toasts>
      </div>
    </Section>
  );
}

export function Titles() {
  return (
    <Section name="Title and facts" note="the sentence a page opens with, the figures under it">
      <TitleBlock
        level={2}
        title="1 in 9 card payments fails"
        badge={
          <Badge kind="alarm" glyph="incident">
            Firing
          </Badge>
        }
        actions={<Button size="small">Runbook</Button>}
      >
        payment, fast burn, since 02:47. Works: wallet, gift cards.
      </TitleBlock>
      <FactsRow
        even
        facts={[
          { name: 'Fail now', value: '11.2', unit: '%' },
          { name: 'Orders lost', value: '≈ 190', inferred: true },
          { name: 'Answered after', value: '1 min 40 s' },
        ]}
      />
    </Section>
  );
}

export function EmptyPage() {
  return (
    <Section name="Empty page" note="what this is, why it matters, one button that makes the first">
      <Empty
        picture={<LoadLine name="gift-card-batch" reading={{ kind: 'unknown' }} size="summary" />}
        title="No objective for gift-card-batch yet"
        actions={
          <>
            <Button kind="primary">Propose one from the last 30 days</Button>
            <Button kind="quiet">Write it as YAML</Button>
          </>
        }
      >
        An objective says what its users are owed. Until then nobody can tell a bad minute from a normal one, and
        nothing pages for it.
      </Empty>
    </Section>
  );
}

const found: readonly PaletteGroup[] = [
  {
    name: 'Do',
    options: [
      { key: 'roll-back', glyph: 'roll-back', text: 'Roll back payment to 3.17.4', note: 'about 38 s, reversible' },
      { key: 'flag', glyph: 'flag', text: 'Roll express-pay back to 5 %', note: 'at once' },
      { key: 'gate', glyph: 'gate', text: 'Start a rollout of checkout 2.41.1', note: 'gate says no: frozen' },
    ],
  },
  {
    name: 'Go to',
    options: [
      { key: 'runbook', glyph: 'book', text: 'Runbook: Roll back a payment release', note: 'tested 9 Nov' },
      { key: 'rollouts', glyph: 'deploy', text: 'Rollouts, last 7 days', note: 'Delivery' },
    ],
  },
];

export function FindOrDo() {
  return (
    <Section name="Find or do" note="Ctrl K">
      <Palette typed="roll" groups={found} chosen="roll-back" />
    </Section>
  );
}
