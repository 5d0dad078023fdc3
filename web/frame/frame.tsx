import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { startKeys } from '../keys.ts';
import { PaletteDialog } from '../palette/palette-dialog.tsx';
import { place } from '../router.ts';
import { bindings } from './bindings.ts';
import { Corner } from './corner.tsx';
import { Navigation, NavigationSheet } from './navigation.tsx';
import { Top } from './top.tsx';

/** What stands round every page: land on the left, the header, the palette, the corner where notices appear. */
export function Frame({ children }: { children: ComponentChildren }) {
  const main = useRef<HTMLElement>(null);
  const { path } = place.value;
  const first = useRef(true);
  useEffect(() => startKeys(bindings), []);
  // A new page begins at its top for those who hear it, too; the first one is where the browser puts it.
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [path]);
  return (
    <>
      <a class="skip" href="#content">
        Skip to the page
      </a>
      <div class="app">
        <Navigation />
        <div class="main">
          <Top />
          <main class="page" id="content" tabIndex={-1} ref={main}>
            {children}
          </main>
        </div>
      </div>
      <NavigationSheet />
      <PaletteDialog />
      <Corner />
    </>
  );
}
