import type { ComponentChildren } from 'preact';
import { Glyph } from './glyph.tsx';
import type { GlyphName } from './glyphs.ts';

export type Moment = {
  readonly key: string;
  /** The clock as shown, such as `03:10`. */
  readonly clock: string;
  /** The full time, for machines: ISO 8601. */
  readonly iso?: string;
  readonly glyph: GlyphName;
  readonly tone?: 'watch' | 'alarm' | 'safe';
  /** Arrived while the reader was looking. */
  readonly fresh?: boolean;
  /** What a person said, set off by a bar; otherwise what a machine recorded. */
  readonly said?: boolean;
  /** Italic: inferred by the machine, not recorded. */
  readonly inferred?: boolean;
  readonly text: ComponentChildren;
  /** By which rule, role or token. */
  readonly by?: ComponentChildren;
};

const classOf = ({ tone, fresh, said }: Moment): string | undefined => {
  const names = [tone, fresh === true ? 'new' : undefined, said === true ? 'say' : undefined].filter(
    (name) => name !== undefined,
  );
  return names.length === 0 ? undefined : names.join(' ');
};

const words = ({ said, inferred, text }: Moment) => {
  if (said === true) return <p>{text}</p>;
  return inferred === true ? <em>{text}</em> : text;
};

/** What happened, newest first. @param label names the list, such as "Timeline of INC-312" */
export function Timeline({ label, moments }: { label: string; moments: readonly Moment[] }) {
  return (
    <ol class="tl" aria-label={label}>
      {moments.map((moment) => (
        <li key={moment.key} class={classOf(moment)}>
          <time dateTime={moment.iso}>{moment.clock}</time>
          <Glyph name={moment.glyph} />
          <div>
            {words(moment)}
            {moment.by === undefined ? null : <span class="by">{moment.by}</span>}
          </div>
        </li>
      ))}
    </ol>
  );
}
