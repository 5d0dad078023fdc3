import { useSignal } from '@preact/signals';
import type { Span } from '../../parts/index.ts';
import { HeatMap, Plot, Section, TimeGroup, Waterfall } from '../../parts/index.ts';
import {
  failures,
  failuresUsual,
  heatBounds,
  heatColumns,
  heatStepMs,
  marks,
  night,
  p50,
  p95,
  queue,
} from './samples.ts';

export function Charts() {
  const cursor = useSignal<number | undefined>(Date.UTC(2026, 10, 21, 1, 0));
  return (
    <Section name="Chart frame with marks and cursor" note="one x is one moment; a mark opens its fact">
      <TimeGroup label="payment, last 6 h" range={night} marks={marks} cursor={cursor}>
        <Plot
          name="Latency"
          unit="ms"
          height={92}
          series={[
            { name: 'p95', ink: 'ink', samples: p95 },
            { name: 'p50', ink: 'light', samples: p50 },
          ]}
          threshold={{ value: 800, text: 'objective 800 ms' }}
        />
        <Plot
          name="Failing"
          unit="%"
          note="band: usual at this hour"
          height={64}
          series={[{ name: 'fail', ink: 'alarm', samples: failures, usual: failuresUsual }]}
        />
        <Plot
          name="Queue"
          note="no data since 02:20, last value 12"
          height={44}
          series={[{ name: 'queue', ink: 'ink', samples: queue, filled: true }]}
        />
        <HeatMap
          name="Latency, every request"
          unit="ms"
          bounds={heatBounds}
          from={night.from}
          stepMs={heatStepMs}
          columns={heatColumns}
        />
      </TimeGroup>
    </Section>
  );
}

const spans: readonly Span[] = [
  {
    key: '1',
    service: 'gateway',
    operation: 'POST /checkout',
    depth: 0,
    from: 0,
    to: 2840,
    critical: [{ from: 0, to: 60 }],
  },
  {
    key: '2',
    service: 'checkout',
    operation: 'place order',
    depth: 1,
    from: 40,
    to: 2810,
    critical: [{ from: 60, to: 210 }],
  },
  { key: '3', service: 'catalog', operation: 'prices', depth: 2, from: 90, to: 190 },
  {
    key: '4',
    service: 'payment',
    operation: 'authorise',
    depth: 2,
    from: 210,
    to: 2790,
    critical: [{ from: 210, to: 330 }],
  },
  {
    key: '5',
    service: 'payment',
    operation: 'lock on payment_attempt',
    depth: 3,
    from: 330,
    to: 2640,
    isWaiting: true,
  },
  {
    key: '6',
    service: 'payment',
    operation: 'UPDATE payment_attempt',
    depth: 3,
    from: 2640,
    to: 2700,
    critical: [{ from: 2640, to: 2700 }],
  },
];

export function Traces() {
  return (
    <Section name="Waterfall" note="ink: own time on the critical path; hatched: waiting">
      <Waterfall label="POST /checkout took 2.84 s" spans={spans} current="5" />
    </Section>
  );
}
