import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { Palette } from '../parts/index.ts';
import { useResource } from '../resource.ts';
import { go } from '../router.ts';
import { may, session, signOut } from '../session.ts';
import { wishTheme } from '../theme.ts';
import { copy, warn } from '../toasts.ts';
import type { PeopleReply, ServicesReply, TeamsReply } from '../wire.ts';
import { choicesFor, moved } from './choice.ts';
import { entriesOf, type Hands, type PaletteEntry } from './entries.ts';
import { paletteIsOpen } from './open.ts';

const hands: Hands = {
  may,
  go,
  signOut: () =>
    void signOut().then((problem) => {
      if (problem !== null) warn(`You are still signed in. ${problem.detail}`);
    }),
  copy: (text, what) => void copy(text, what),
  wishTheme,
  here: () => location.href,
  hasKeys: matchMedia('(pointer: fine)').matches,
};

/** Everything the palette can offer now; the fleet and its people are read when it is opened. */
function useEntries(isOpen: boolean): readonly PaletteEntry[] {
  const pathIf = (permission: string, path: string): string | null => (isOpen && may(permission) ? path : null);
  const services = useResource<ServicesReply>(pathIf('services.read', '/api/v1/services')).value?.services;
  const teams = useResource<TeamsReply>(pathIf('services.read', '/api/v1/teams')).value?.teams;
  const people = useResource<PeopleReply>(pathIf('people.read', '/api/v1/people')).value?.people;
  const permissions = session.value?.permissions;
  // What is offered follows the permissions.
  return useMemo(
    () => entriesOf({ services: services ?? [], teams: teams ?? [], people: people?.filter(isHere) ?? [] }, hands),
    [services, teams, people, permissions],
  );
}

const isHere = (person: { readonly disabled: boolean }): boolean => !person.disabled;

/** The palette over the page: opened by Ctrl K, moved by the arrow keys, taken by Enter, closed by Escape. */
export function PaletteDialog() {
  const isOpen = paletteIsOpen.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const typed = useSignal('');
  const pencilled = useSignal<string | null>(null);
  const choices = choicesFor(typed.value, useEntries(isOpen));
  const chosen = pencilled.value ?? moved(choices, null, 1);

  // Before the next key arrives: what is typed right behind Ctrl K is meant for the palette, not for the page under it.
  useLayoutEffect(() => {
    if (!isOpen) return dialog.current?.close();
    typed.value = '';
    pencilled.value = null;
    dialog.current?.showModal();
  }, [isOpen, typed, pencilled]);
  useEffect(() => {
    dialog.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  const take = (key: string | null): void => {
    const entry = choices.flatMap(({ entries }) => entries).find((one) => one.key === key);
    if (entry === undefined) return;
    close();
    entry.take();
  };
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
  const onKey = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step !== undefined) pencilled.value = moved(choices, chosen, step);
    else if (event.key === 'Enter') take(chosen);
    else if (event.key === '?' && typed.value === '') take('go /keys');
    else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a modal dialog by itself; this is for the pointer
    <dialog
      class="over"
      ref={dialog}
      aria-label="Find or do anything"
      onClose={close}
      onClick={(click) => (click.target === click.currentTarget ? close() : undefined)}
    >
      {isOpen ? (
        <Palette
          typed={typed.value}
          groups={choices.map(({ name, entries }) => ({ name, options: entries }))}
          {...(chosen === null ? { hint: nothingFound } : { chosen })}
          onText={(text) => {
            typed.value = text;
            pencilled.value = null;
          }}
          onKey={onKey}
          onTake={take}
        />
      ) : null}
    </dialog>
  );
}

const nothingFound = 'Nothing of that name. Try part of a service, a team, a person, a page, or what you want to do.';

function close(): void {
  paletteIsOpen.value = false;
}
