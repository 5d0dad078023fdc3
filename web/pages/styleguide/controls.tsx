import { useSignal } from '@preact/signals';
import {
  Button,
  ButtonLink,
  Command,
  CommandOutput,
  Input,
  Section,
  Segments,
  Select,
  Skeleton,
  Tabs,
  TextArea,
} from '../../parts/index.ts';

export function Buttons() {
  return (
    <Section name="Buttons" note="a button names its effect and, if known, its cost">
      <div class="line">
        <span class="what">rest</span>
        <Button kind="primary">Roll back, about 38 s</Button>
        <Button>Mark as mitigated</Button>
        <Button kind="quiet">Not now</Button>
        <Button kind="danger">Break the glass</Button>
      </div>
      <div class="line focused">
        <span class="what">focus</span>
        <Button kind="primary">Roll back, about 38 s</Button>
        <Button>Mark as mitigated</Button>
      </div>
      <div class="line">
        <span class="what">off, small</span>
        <Button disabled>Ship: frozen</Button>
        <Button size="small" glyph="run">
          Run step 3
        </Button>
        <Button size="small" kind="quiet">
          Show the query <kbd>Q</kbd>
        </Button>
        <ButtonLink size="small" href="#styleguide">
          Open the runbook
        </ButtonLink>
      </div>
      <div class="line">
        <span class="what">at the thumb</span>
        <Button kind="primary" size="big">
          Acknowledge
        </Button>
      </div>
    </Section>
  );
}

export function Choices({ theme }: { theme: string }) {
  const range = useSignal<'1h' | '6h' | '24h'>('6h');
  return (
    <Section name="Segments, tabs">
      <div class="line">
        <Segments
          label="Length of the window"
          options={[
            { value: '1h', text: '1 h' },
            { value: '6h', text: '6 h' },
            { value: '24h', text: '24 h' },
          ]}
          chosen={range.value}
          onChoose={(value) => {
            range.value = value;
          }}
        />
      </div>
      <div class="below">
        <Tabs
          label={`Parts of a service, ${theme}`}
          current="#signals"
          tabs={[
            { href: '#signals', text: 'Signals' },
            { href: '#objectives', text: 'Objectives', count: 2 },
            { href: '#traces', text: 'Traces' },
          ]}
        />
      </div>
    </Section>
  );
}

export function Fields() {
  return (
    <Section name="Fields" note="a refusal says what was expected and the next move">
      <div class="two">
        <Input
          label="Reason for the silence"
          value="Database move, CR-1190"
          hint="Shown to everyone it hides pages from."
        />
        <Input label="Ends" value="never" refusal="A silence ends within 14 days. Give a date." />
        <TextArea label="Update for customers" value="Card payments work again." rows={2} />
        <Select
          label="Severity"
          value="sev2"
          options={[
            { value: 'sev1', text: 'SEV 1: most are hit' },
            { value: 'sev2', text: 'SEV 2: many are hit' },
            { value: 'sev3', text: 'SEV 3: few are hit' },
          ]}
        />
      </div>
    </Section>
  );
}

export function Commands() {
  return (
    <Section name="Command, output, loading">
      <Command label="Check the definitions" text="npx plimsoll check --definitions ./definitions --json" />
      <div class="below">
        <CommandOutput label="What the gate said">
          $ plimsoll gate --service payment{'\n'}
          <b class="bad">no</b>
          {'  budget spent (104 %), INC-312 open\n    break-glass: --because "…" is recorded'}
        </CommandOutput>
      </div>
      <div class="below">
        <Skeleton label="Loading the services" />
      </div>
    </Section>
  );
}
