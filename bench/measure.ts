import { cpus } from 'node:os';

/** What the benchmarks share: the machine's name, runs repeated, their middle and their spread. */

export interface Sample {
  readonly wallMs: number;
  /** Processor time of this process, all its threads, in milliseconds. */
  readonly cpuMs: number;
}

/** One line that names the machine: figures mean nothing without it. */
export function machineName(): string {
  const all = cpus();
  return `${all[0]?.model.trim() ?? 'unknown processor'}, ${all.length} cores, Node ${process.version}, ${process.platform}`;
}

/** Measures one run. */
export async function sampleOf(run: () => Promise<void> | void): Promise<Sample> {
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  await run();
  const wallMs = performance.now() - before;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { wallMs, cpuMs: (user + system) / 1_000 };
}

/** The middle value, and the mean of the two middle ones for an even count. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const low = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  const high = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return (low + high) / 2;
}

export interface Figure {
  readonly name: string;
  /** What a run does so many times; the figure is per second. */
  readonly count: number;
  readonly unit: string;
  readonly samples: readonly Sample[];
  /** What the figure should reach; left out where there is no goal. */
  readonly goal?: { readonly perSecondMin: number } | { readonly secondsMax: number };
}

/** How often a second, by the middle run. */
export const rateOf = ({ count, samples }: Pick<Figure, 'count' | 'samples'>): number =>
  (count * 1_000) / medianOf(samples.map((sample) => sample.wallMs));

const rounded = (value: number): string => Math.round(value).toLocaleString('en');
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;

function goalWords({ goal, ...figure }: Figure): string {
  if (goal === undefined) return '';
  const middleMs = medianOf(figure.samples.map((sample) => sample.wallMs));
  const isMet = 'secondsMax' in goal ? middleMs <= goal.secondsMax * 1_000 : rateOf(figure) >= goal.perSecondMin;
  const words = 'secondsMax' in goal ? `at most ${goal.secondsMax} s` : `at least ${rounded(goal.perSecondMin)}/s`;
  return `; goal ${words}: ${isMet ? 'met' : 'MISSED'}`;
}

/** A figure as lines of text: the middle run, the spread of all, processor time, and whether its goal is met. */
export function figureText(figure: Figure): string {
  const walls = figure.samples.map((sample) => sample.wallMs);
  const cpuMs = medianOf(figure.samples.map((sample) => sample.cpuMs));
  const spread = `${seconds(Math.min(...walls))} to ${seconds(Math.max(...walls))} in ${walls.length} runs`;
  const middle = `${rounded(rateOf(figure))} ${figure.unit}/s, ${seconds(medianOf(walls))} (${spread}), ${seconds(cpuMs)} of processor`;
  return `${figure.name}\n  ${middle}${goalWords(figure)}`;
}
