export { LoadLine } from './load-line.tsx';
export {
  type Marks,
  type Measured,
  marksBySeason,
  type Reading,
  type Season,
  type SeasonMarks,
  type Stale,
  seasons,
} from './reading.ts';
export { type LoadLineState, stateOf, type WaterState } from './state.ts';
export { leftInWords, timesEven } from './words.ts';
