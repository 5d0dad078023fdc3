import './styleguide/styleguide.css';
import { Brand } from '../parts/index.ts';
import { Colours, Signs, Type } from './styleguide/basics.tsx';
import { Charts, Traces } from './styleguide/charts.tsx';
import { EmptyPage, FindOrDo, Moments, Tables, Titles } from './styleguide/content.tsx';
import { Buttons, Choices, Commands, Fields } from './styleguide/controls.tsx';
import { Alarm, Burns, Decisions, Drafts, Ledgers, Verdicts, Watches } from './styleguide/decisions.tsx';
import { Fleet, LoadLines, Seasons } from './styleguide/load-lines.tsx';

/** Every part in every state, in both themes side by side; one below the other on a narrow screen. */
export function StyleguidePage() {
  return (
    <div class="sg-room">
      <div class="sg" id="styleguide">
        <div class="theme" data-theme="chart">
          <header>
            <Brand />
            <h1>Chart</h1>
            <span>ink on paper</span>
          </header>
          <AllParts theme="chart" />
        </div>
        <div class="theme" data-theme="night">
          <header>
            <Brand />
            <h1>Night watch</h1>
            <span>dark, red-shifted, low glare</span>
          </header>
          <AllParts theme="night" />
        </div>
      </div>
    </div>
  );
}

function AllParts({ theme }: { theme: string }) {
  return (
    <>
      <LoadLines />
      <Seasons />
      <Fleet />
      <Colours />
      <Type />
      <Signs />
      <Buttons />
      <Choices theme={theme} />
      <Fields />
      <Tables />
      <Charts />
      <Traces />
      <Moments />
      <Commands />
      <Alarm />
      <Titles />
      <Decisions />
      <Watches />
      <Ledgers />
      <Burns />
      <Verdicts />
      <Drafts />
      <EmptyPage />
      <FindOrDo />
    </>
  );
}
