import type { Ref } from 'preact';
import { useId } from 'preact/hooks';
import { Glyph } from './glyph.tsx';
import type { GlyphName } from './glyphs.ts';
import { matchedPieces } from './matched.ts';

export type PaletteOption = {
  readonly key: string;
  readonly glyph: GlyphName;
  readonly text: string;
  /** Its cost or its place, on the right: "about 38 s, reversible". */
  readonly note?: string;
};

export type PaletteGroup = { readonly name: string; readonly options: readonly PaletteOption[] };

export type PaletteProps = {
  readonly typed: string;
  readonly groups: readonly PaletteGroup[];
  /** Key of the option in pencil, which Enter takes. */
  readonly chosen?: string;
  /** Shown instead of options: what to type, or that nothing was found and where to look. */
  readonly hint?: string;
  readonly input?: Ref<HTMLInputElement>;
  readonly onText?: (text: string) => void;
  readonly onKey?: (event: KeyboardEvent) => void;
  readonly onTake?: (key: string) => void;
};

/** The look of the palette: it finds or does anything. Who opens it moves the choice and acts. */
export function Palette({ typed, groups, chosen, hint, input, onText, onKey, onTake }: PaletteProps) {
  const list = useId();
  const idOf = (key: string): string => `${list}-${key.replaceAll(/[^\w-]/g, '_')}`;
  return (
    <div class="palette">
      <div class="q">
        <Glyph name="search" />
        <input
          {...(input === undefined ? {} : { ref: input })}
          {...(onKey === undefined ? {} : { onKeyDown: onKey })}
          value={typed}
          role="combobox"
          aria-label="Find or do anything"
          aria-expanded={groups.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          {...(chosen === undefined ? {} : { 'aria-activedescendant': idOf(chosen) })}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => onText?.(event.currentTarget.value)}
        />
        <kbd>Esc</kbd>
      </div>
      <div id={list} role="listbox" aria-label="What was found">
        {groups.map((group) => (
          <Group key={group.name} group={group} {...{ typed, chosen, idOf, onTake }} />
        ))}
      </div>
      {hint === undefined ? null : <p class="hint">{hint}</p>}
      <PaletteKeys />
    </div>
  );
}

function Group({
  group,
  typed,
  chosen,
  idOf,
  onTake,
}: {
  group: PaletteGroup;
  typed: string;
  chosen: string | undefined;
  idOf: (key: string) => string;
  onTake: ((key: string) => void) | undefined;
}) {
  const head = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a listbox
    <div role="group" aria-labelledby={head}>
      <h3 id={head} role="presentation">
        {group.name}
      </h3>
      {group.options.map(({ key, glyph, text, note }) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are taken by the input, which keeps the focus
        <div
          key={key}
          id={idOf(key)}
          class="option"
          role="option"
          tabIndex={-1}
          aria-selected={key === chosen}
          onClick={() => onTake?.(key)}
        >
          <Glyph name={glyph} />
          <span>
            {matchedPieces(text, typed).map((piece) =>
              piece.matched ? <mark key={piece.text}>{piece.text}</mark> : piece.text,
            )}
          </span>
          {note === undefined ? null : <span class="r">{note}</span>}
        </div>
      ))}
    </div>
  );
}

function PaletteKeys() {
  return (
    <footer>
      <span>
        <kbd>↑</kbd> <kbd>↓</kbd> choose
      </span>
      <span>
        <kbd>Enter</kbd> do it
      </span>
      <span class="end">
        <kbd>?</kbd> all keys
      </span>
    </footer>
  );
}
