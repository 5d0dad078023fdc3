import { liveState } from '../journal.ts';
import { openPalette } from '../palette/open.ts';
import { Button, Glyph } from '../parts/index.ts';
import { may } from '../session.ts';
import { switchTheme, theme, themeNames } from '../theme.ts';
import { now } from '../time.ts';
import { clockOf, durationOf } from '../words.ts';
import { sheetIsOpen } from './open.ts';
import { crumbs } from './page.ts';

/** The header: where we are, the way to everything, whether what is seen is live, the time, the theme. */
export function Top() {
  return (
    <header class="top">
      <span class="to-sheet">
        <Button kind="quiet" glyph="menu" label="Where to go" onPress={() => (sheetIsOpen.value = true)} />
      </span>
      <Crumbs />
      <button type="button" class="find" onClick={openPalette}>
        <Glyph name="search" />
        <span>Find or do anything</span>
        <kbd>Ctrl K</kbd>
      </button>
      {may('journal.read') ? <Live /> : null}
      <Clock />
      <span class="to-theme">
        <Button size="small" kind="quiet" glyph="theme" onPress={switchTheme}>
          <span class="vh">Theme: </span>
          {themeNames[theme.value]}
        </Button>
      </span>
    </header>
  );
}

function Crumbs() {
  return (
    <nav class="crumb" aria-label="Way to this page">
      {crumbs.value.map(({ text, href }, step) =>
        href === undefined ? (
          <b key={text}>{text}</b>
        ) : (
          <span key={text}>
            <a href={href}>{text}</a>
            {step < crumbs.value.length - 1 ? ' / ' : null}
          </span>
        ),
      )}
    </nav>
  );
}

const Clock = () => (
  <time class="num clock" dateTime={new Date(now.value).toISOString()}>
    {clockOf(now.value)}
  </time>
);

const liveWords = { connecting: 'Connecting', live: 'Live', stale: 'Stale' } as const;

/** Live, or how old what is seen has become. */
function Live() {
  const live = liveState.value;
  const isStale = live.state === 'stale';
  return (
    <span class={isStale ? 'live stale' : 'live'}>
      <i />
      <span>
        {/* The age grows all the time: only the change of state is read out. */}
        <span role="status">{liveWords[live.state]}</span>
        {isStale ? `, ${durationOf(now.value - live.since)} old` : null}
      </span>
    </span>
  );
}
