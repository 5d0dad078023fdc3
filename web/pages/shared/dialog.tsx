import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Button } from '../../parts/index.ts';
import type { Problem } from '../../wire.ts';
import { Form } from './form.tsx';

/**
 * A sheet over the page that asks for one thing. Escape and "Cancel" leave without doing it.
 * @param action what the sending button says: its effect
 */
export function FormDialog({
  title,
  action,
  danger = false,
  isBusy,
  problem,
  onSend,
  onClose,
  children,
}: {
  title: string;
  action: string;
  danger?: boolean;
  isBusy: boolean;
  problem: Problem | null;
  onSend: () => void;
  onClose: () => void;
  children: ComponentChildren;
}) {
  return (
    <Sheet title={title} danger={danger} onClose={onClose}>
      <Form
        isBusy={isBusy}
        problem={problem}
        onSend={onSend}
        buttons={
          <>
            <Button type="submit" kind={danger ? 'danger' : 'primary'} disabled={isBusy}>
              {action}
            </Button>
            <Button kind="quiet" onPress={onClose}>
              Cancel
            </Button>
          </>
        }
      >
        {children}
      </Form>
    </Sheet>
  );
}

/**
 * A modal sheet with a title; the page behind it waits.
 * @param danger the focus begins at the way out, so that a key pressed twice breaks no glass
 */
export function Sheet({
  title,
  danger = false,
  onClose,
  children,
}: {
  title: string;
  danger?: boolean;
  onClose: () => void;
  children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const head = useId();
  useEffect(() => {
    dialog.current?.showModal();
    if (danger) dialog.current?.querySelector<HTMLButtonElement>('button:not([type="submit"])')?.focus();
  }, []);
  return (
    <dialog class="ask" ref={dialog} aria-labelledby={head} onClose={onClose}>
      <h2 id={head}>{title}</h2>
      {children}
    </dialog>
  );
}
