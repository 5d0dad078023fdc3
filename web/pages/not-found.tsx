import { usePage } from '../frame/page.ts';
import { openPalette } from '../palette/open.ts';
import { Button, ButtonLink, TitleBlock } from '../parts/index.ts';
import { place } from '../router.ts';

/** An address that leads nowhere. */
export function NotFoundPage() {
  usePage({ text: 'Bridge', href: '/' }, { text: 'Not found' });
  return (
    <>
      <TitleBlock title="Nothing is charted here">
        No page has the address <code>{place.value.path}</code>. It may have been mistyped, or what it showed has
        another name now.
      </TitleBlock>
      <div class="go">
        <Button kind="primary" glyph="search" onPress={openPalette}>
          Find it
        </Button>
        <ButtonLink href="/">Back to the bridge</ButtonLink>
      </div>
    </>
  );
}
