import { percent } from '../time/range.ts';
import { durationInWords, placeOn, type Span, type Stretch } from './span.ts';

/** The spans of a trace: ink is own time on the critical path, hatched is waiting. */
export function Waterfall({ label, spans, current }: { label: string; spans: readonly Span[]; current?: string }) {
  const axis = { from: Math.min(...spans.map((span) => span.from)), to: Math.max(...spans.map((span) => span.to)) };
  return (
    <ol class="wf" aria-label={label}>
      {spans.map((span) => (
        <li key={span.key} class="sp" {...(span.key === current ? { 'aria-current': 'true' as const } : {})}>
          <span class="nm" style={{ paddingLeft: `${span.depth * 13}px` }}>
            <b>{span.service}</b>
            <span>{span.operation}</span>
          </span>
          <SpanBar span={span} axis={axis} />
        </li>
      ))}
    </ol>
  );
}

function SpanBar({ span, axis }: { span: Span; axis: Stretch }) {
  const { left, width } = placeOn(axis, span);
  const duration = durationInWords(span.to - span.from);
  return (
    <span class="tk">
      <span
        class={span.isWaiting === true ? 'work wait' : 'work'}
        style={{ left: percent(left), width: `max(2px, ${percent(width)})` }}
      >
        {(span.critical ?? []).map((stretch) => {
          const own = placeOn(span, stretch);
          return <i key={stretch.from} style={{ left: percent(own.left), width: percent(own.width) }} />;
        })}
      </span>
      <span class="du" style={{ left: percent(left + width) }}>
        {span.isWaiting === true ? `waits ${duration}` : duration}
      </span>
    </span>
  );
}
