import type { ComponentChildren } from 'preact';
import { Glyph } from './glyph.tsx';

/** A sentence of a draft by the machine: upright where a fact stands behind it, italic where none does. */
export function Drafted({
  evidence,
  children,
}: {
  evidence?: { href: string; text: string };
  children: ComponentChildren;
}) {
  return (
    <p class="drafted">
      {evidence === undefined ? <em>{children}</em> : <span>{children}</span>}
      {evidence === undefined ? (
        <span class="note">inferred</span>
      ) : (
        <a class="note" href={evidence.href}>
          {evidence.text}
        </a>
      )}
    </p>
  );
}

/** Words that a hint is about. */
export const LintMark = ({ children }: { children: ComponentChildren }) => <mark class="lint">{children}</mark>;

/** Says what marked words do and offers others. It never blocks. @param actions takes the words or lets them stand */
export function LintHint({ actions, children }: { actions?: ComponentChildren; children: ComponentChildren }) {
  return (
    <div class="sug">
      <Glyph name="watch" title="Hint" />
      <div>
        {children}
        {actions === undefined ? null : <div class="actions">{actions}</div>}
      </div>
    </div>
  );
}
