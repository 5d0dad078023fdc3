import { Glyph } from '../glyph.tsx';
import { groupMarks, type Mark, type MarkGroup } from './marks.ts';
import { percent, shareOf, type TimeRange } from './range.ts';

const lineClass = { usual: 'mk-l', suspect: 'mk-l hi', incident: 'mk-l alarm' } as const;
const toneClass = ({ kind }: Mark): string => (kind === 'incident' ? 'alarm' : '');

/** Lines through all plots of a group, and over the rule the signs that open the facts behind them. */
export function MarkLayer({ range, marks, width }: { range: TimeRange; marks: readonly Mark[]; width: number }) {
  const groups = groupMarks(marks, (mark) => shareOf(range, mark.at) * width);
  return (
    <>
      <div class="mlayer" aria-hidden="true">
        {marks.map((mark) => (
          <i
            key={mark.key}
            class={lineClass[mark.kind ?? 'usual']}
            style={{ left: percent(shareOf(range, mark.at)) }}
          />
        ))}
      </div>
      <div class="mlayer targets">
        {groups.map((group) => (
          <Target key={group.marks[0]?.mark.key} group={group} width={width} />
        ))}
      </div>
    </>
  );
}

function Target({ group, width }: { group: MarkGroup; width: number }) {
  const [only] = group.marks;
  if (only !== undefined && group.marks.length === 1) {
    const { mark, x } = only;
    return (
      <a class={`mk-b ${toneClass(mark)}`} style={{ left: percent(x / width) }} href={mark.href} title={mark.text}>
        <Glyph name={mark.glyph} title={mark.text} />
      </a>
    );
  }
  return <Many group={group} width={width} />;
}

/** Marks too close to be pointed at one by one: one target that lists them. */
function Many({ group, width }: { group: MarkGroup; width: number }) {
  const style = { left: `calc(${percent(group.left / width)} - 12px)`, width: `${group.right - group.left + 24}px` };
  return (
    <details class={group.left > width / 2 ? 'mk-b many end' : 'mk-b many'} style={style}>
      <summary aria-label={`${group.marks.length} changes`}>
        {group.marks.map(({ mark, x }) => (
          <i key={mark.key} class={toneClass(mark)} style={{ left: `${x - group.left + 12}px` }}>
            <Glyph name={mark.glyph} />
          </i>
        ))}
      </summary>
      <ul class="card lifted">
        {group.marks.map(({ mark }) => (
          <li key={mark.key} class={toneClass(mark)}>
            <Glyph name={mark.glyph} />
            <a href={mark.href}>{mark.text}</a>
          </li>
        ))}
      </ul>
    </details>
  );
}
