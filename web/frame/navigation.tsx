import { useEffect, useRef } from 'preact/hooks';
import { Brand, Button } from '../parts/index.ts';
import { place } from '../router.ts';
import { may, session } from '../session.ts';
import { switchTheme, theme, themeNames } from '../theme.ts';
import { sheetIsOpen } from './open.ts';
import { type PlaceOfConsole, visibleGroups } from './places.ts';

/** A page belongs to a place when its address is the place's or lies under it. */
const isUnder = (path: string, href: string): boolean =>
  href === '/' ? path === '/' : `${path}/`.startsWith(`${href}/`);

function PlaceLink({ name, href }: PlaceOfConsole) {
  const here = isUnder(place.value.path, href);
  return (
    <a class="n" href={href} {...(here ? { 'aria-current': 'page' as const } : {})}>
      {name}
    </a>
  );
}

function Places() {
  return (
    <>
      {visibleGroups(may).map(({ name, places }) => (
        <div key={places[0]?.href} class="group">
          {name === null ? null : <h2>{name}</h2>}
          {places.map((one) => (
            <PlaceLink key={one.href} {...one} />
          ))}
        </div>
      ))}
    </>
  );
}

const BrandLink = () => (
  <a class="brand" href="/">
    <Brand />
    Plimsoll
  </a>
);

/** The land on the left: where one can go. */
export function Navigation() {
  return (
    <nav class="side" aria-label="Main">
      <BrandLink />
      <Places />
      <p class="foot">
        {session.value?.user.name}
        <br />
        All times UTC
      </p>
    </nav>
  );
}

/** The same on a phone, as a sheet that covers the page while it is open. */
export function NavigationSheet() {
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = sheetIsOpen.value;
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  const close = (): void => {
    sheetIsOpen.value = false;
  };
  return (
    <dialog class="sheet side" ref={dialog} aria-label="Where to go" onClose={close}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the links inside answer the keys; the sheet only closes behind them */}
      <nav
        aria-label="Pages"
        onClick={(click) => (click.target instanceof Element && click.target.closest('a') ? close() : undefined)}
      >
        <BrandLink />
        <Places />
      </nav>
      <div class="foot">
        <Button glyph="theme" onPress={switchTheme}>
          {themeNames[theme.value]}
        </Button>
        <Button onPress={close}>Close</Button>
      </div>
    </dialog>
  );
}
