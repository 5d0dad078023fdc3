import { bindings } from '../frame/bindings.ts';
import { usePage } from '../frame/page.ts';
import { Section, TitleBlock } from '../parts/index.ts';

const inPalette = [
  { keys: '↑ ↓', does: 'Choose' },
  { keys: 'Enter', does: 'Do it' },
  { keys: 'Esc', does: 'Close' },
] as const;

const Keys = ({ keys }: { keys: string }) => (
  <>
    {keys.split(' ').map((key) => (
      <kbd key={key}>
        {key === 'ctrl' ? 'Ctrl' : key.length === 1 && keys.startsWith('ctrl') ? key.toUpperCase() : key}
      </kbd>
    ))}
  </>
);

function KeyList({ rows }: { rows: readonly { readonly keys: string; readonly does: string }[] }) {
  return (
    <dl class="key-list">
      {rows.map(({ keys, does }) => (
        <div key={keys}>
          <dt>
            <Keys keys={keys} />
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Every key of the console. */
export function KeysPage() {
  usePage({ text: 'Bridge', href: '/' }, { text: 'Keys' });
  const all = bindings();
  return (
    <>
      <TitleBlock title="Everything goes without a mouse">
        One letter after the other, not together. While you type into a field, letters are text.
      </TitleBlock>
      <div class="three">
        <Section name="Anywhere">
          <KeyList rows={all.filter(({ keys }) => !keys.startsWith('g '))} />
        </Section>
        <Section name="Go to">
          <KeyList
            rows={all
              .filter(({ keys }) => keys.startsWith('g '))
              .map((one) => ({ ...one, does: one.does.replace('Go to ', '') }))}
          />
        </Section>
        <Section name="In the palette">
          <KeyList rows={inPalette} />
        </Section>
      </div>
    </>
  );
}
