import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Button } from './button.tsx';
import { Scroll } from './scroll.tsx';

/** A command to run elsewhere, with a button that copies it. @param label says what the command does */
export function Command({ label, text }: { label: string; text: string }) {
  const outcome = useSignal<'waiting' | 'copied' | 'refused'>('waiting');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      outcome.value = 'copied';
    } catch {
      // The clipboard is closed to pages without a secure origin or the reader's consent; the text can still be marked.
      outcome.value = 'refused';
    }
  };
  const said = { waiting: 'Copy', copied: 'Copied', refused: 'Mark it and copy by hand' };
  return (
    <div class="cmd">
      <Scroll label={label}>
        <code>{text}</code>
      </Scroll>
      <Button size="small" glyph="copy" onPress={() => void copy()}>
        <span aria-live="polite">{said[outcome.value]}</span>
      </Button>
    </div>
  );
}

/** What a command printed. @param label names the run; @param children lines, with `<b class="bad">` for a refusal */
export function CommandOutput({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <Scroll label={label} class="out">
      <pre>{children}</pre>
    </Scroll>
  );
}
