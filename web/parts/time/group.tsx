import { type Signal, useSignal } from '@preact/signals';
import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { useWidth } from '../width.ts';
import { MarkLayer } from './mark-layer.tsx';
import type { Mark } from './marks.ts';
import { clockOf, fieldsOf, labelsOf, momentAt, percent, shareOf, type TimeRange } from './range.ts';

/** What every plot of a group shares. */
type Group = { readonly range: TimeRange; readonly cursor: Signal<number | undefined> };

const GroupContext = createContext<Group | undefined>(undefined);

/** The group a plot stands in. @throws when it stands in none: a plot without a time rule cannot be read */
export function useGroup(): Group {
  const group = useContext(GroupContext);
  if (group === undefined) throw new Error('a plot needs a <TimeGroup> around it, which draws the time rule');
  return group;
}

/**
 * Plots under one time rule: the same left and right edge, so that one x is one moment; marks and cursor run through
 * all of them.
 * @param label names the group, such as "payment, last 6 h"
 * @param cursor the moment pointed at, in milliseconds; one signal for all groups of a page makes one cursor
 */
export function TimeGroup({
  label,
  range,
  marks = [],
  cursor,
  children,
}: {
  label: string;
  range: TimeRange;
  marks?: readonly Mark[];
  cursor?: Signal<number | undefined>;
  children: ComponentChildren;
}) {
  const own = useSignal<number | undefined>(undefined);
  const shared = cursor ?? own;
  const { ref, width } = useWidth<HTMLDivElement>(600);
  const point = (event: PointerEvent): void => {
    const box = ref.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return;
    const share = (event.clientX - box.left) / box.width;
    if (share >= 0 && share <= 1) shared.value = momentAt(range, share);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups controls; this groups plots
    <div class="tg" role="group" aria-label={label} onPointerMove={point}>
      <div class="tr" ref={ref}>
        <TimeRule label={label} range={range} cursor={shared} />
      </div>
      <MarkLayer range={range} marks={marks} width={width.value} />
      <Cursor range={range} cursor={shared} />
      <GroupContext.Provider value={{ range, cursor: shared }}>{children}</GroupContext.Provider>
    </div>
  );
}

/** The graduated bar. A slider lies over it without being seen, so that the keyboard can move the cursor too. */
function TimeRule({ label, range, cursor }: { label: string; range: TimeRange; cursor: Signal<number | undefined> }) {
  const at = cursor.value ?? range.to;
  return (
    <>
      <div class="bar" aria-hidden="true">
        {fieldsOf(range).map(({ from, to, dark }) => (
          <i key={from} class={dark ? 'dark' : ''} style={{ flexGrow: to - from }} />
        ))}
      </div>
      {labelsOf(range).map((time) => (
        <span key={time.at} class="hr" style={{ left: percent(shareOf(range, time.at)) }}>
          {time.text}
        </span>
      ))}
      <span class="hr now">{clockOf(range.to)}</span>
      <input
        type="range"
        aria-label={`Cursor: ${label}`}
        aria-valuetext={clockOf(at)}
        min={range.from}
        max={range.to}
        step={(range.to - range.from) / 120}
        value={at}
        onInput={(event) => {
          cursor.value = Number(event.currentTarget.value);
        }}
      />
    </>
  );
}

function Cursor({ range, cursor }: { range: TimeRange; cursor: Signal<number | undefined> }) {
  const at = cursor.value;
  if (at === undefined) return null;
  return (
    <div class="mlayer above" aria-hidden="true">
      <div class="cur" style={{ left: percent(shareOf(range, at)) }}>
        <b>{clockOf(at)}</b>
      </div>
    </div>
  );
}
