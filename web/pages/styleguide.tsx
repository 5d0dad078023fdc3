import './styleguide/styleguide.css';
import { Brand } from '../parts/index.ts';
import { Colours, Signs, Type } from './styleguide/basics.tsx';
import { EmptyPage, FindOrDo, Moments, Tables, Titles } from './styleguide/content.tsx';
import { Buttons, Choices, Commands, Fields } from './styleguide/controls.tsx';
import { LoadLines, Seasons } from './styleguide/load-lines.tsx';

/** Every part in every state, in both themes side by side; one below the other on a narrow screen. */
export function StyleguidePage() {
  return (
    <div class="sg" id="styleguide">
      <div class="theme" data-theme="chart">
        <header>
          <Brand />
          <h1>Chart</h1>
          <span>ink on paper</span>
        </header>
        <AllParts />
      </div>
      <div class="theme" data-theme="night">
        <header>
          <Brand />
          <h1>Night watch</h1>
          <span>dark, red-shifted, low glare</span>
        </header>
        <AllParts />
      </div>
    </div>
  );
}

function AllParts() {
  return (
    <>
      <LoadLines />
      <Seasons />
      <Colours />
      <Type />
      <Signs />
      <Buttons />
      <Choices />
      <Fields />
      <Tables />
      <Moments />
      <Commands />
      <Titles />
      <EmptyPage />
      <FindOrDo />
    </>
  );
}
