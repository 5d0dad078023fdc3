import { assert } from '../../kernel/assert.ts';

export type Labels = Readonly<Record<string, string>>;

export interface Counter {
  /** Adds one, or `by`, which is never negative. */
  add(labels?: Labels, by?: number): void;
}

export interface Histogram {
  observe(value: number, labels?: Labels): void;
}

interface Description {
  /** In the manner of Prometheus: `plimsoll_http_requests_total`; unit last, counters end in `_total`. */
  readonly name: string;
  readonly help: string;
}

/** One line of a metric: `name_bucket{le="0.1"} 3`. */
interface Sample {
  readonly suffix: string;
  readonly labels: Labels;
  readonly value: number;
}

interface Family extends Description {
  readonly type: 'counter' | 'gauge' | 'histogram';
  read(): readonly Sample[];
}

export interface Registry {
  counter(description: Description): Counter;
  /** Read when it is asked for, so that nothing has to push. */
  gauge(description: Description, read: () => number): void;
  /** A counter that something else keeps, such as the operating system. */
  readCounter(description: Description, read: () => number): void;
  /** @param bounds upper ends of the buckets, ascending, without infinity */
  histogram(description: Description & { readonly bounds: readonly number[] }): Histogram;
  /** All metrics as text. */
  render(format: MetricsFormat): string;
}

export type MetricsFormat = 'prometheus' | 'openmetrics';

/** What a scraper is told it gets. https://prometheus.io/docs/instrumenting/exposition_formats/ */
export const metricsContentTypes: Readonly<Record<MetricsFormat, string>> = {
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

/** Combinations of labels kept for one metric. Beyond it they are counted together, so that no caller can fill the memory. */
const seriesCountMax = 1_000;

const escapeValue = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');

/** Help is escaped like a value, but Prometheus's own text leaves its quotes as they are. */
const escapeHelp = (text: string, format: MetricsFormat): string =>
  format === 'openmetrics' ? escapeValue(text) : text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');

const labelText = (labels: Labels): string => {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escapeValue(value)}"`);
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
};

const numberText = (value: number): string => {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  return value === Number.NEGATIVE_INFINITY ? '-Inf' : String(value);
};

/** A value for each combination of labels. */
class Series<Value> {
  readonly #values = new Map<string, { readonly labels: Labels; value: Value }>();
  readonly #fresh: () => Value;

  constructor(fresh: () => Value) {
    this.#fresh = fresh;
  }

  at(labels: Labels): { value: Value } {
    const key = JSON.stringify(Object.entries(labels).sort());
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    if (this.#values.size >= seriesCountMax) return this.#overflow(labels);
    const entry = { labels: { ...labels }, value: this.#fresh() };
    this.#values.set(key, entry);
    return entry;
  }

  entries(): readonly { readonly labels: Labels; readonly value: Value }[] {
    return [...this.#values.values()];
  }

  #overflow(labels: Labels): { value: Value } {
    const other = Object.fromEntries(Object.keys(labels).map((name) => [name, 'other']));
    const known = this.#values.get('other') ?? { labels: other, value: this.#fresh() };
    this.#values.set('other', known);
    return known;
  }
}

interface Distribution {
  readonly counts: number[];
  sum: number;
}

const bucketSamples = (bounds: readonly number[], labels: Labels, value: Distribution): readonly Sample[] => {
  let running = 0;
  const buckets = [...bounds, Number.POSITIVE_INFINITY].map((bound, index) => {
    running += value.counts[index] ?? 0;
    return { suffix: '_bucket', labels: { ...labels, le: numberText(bound) }, value: running };
  });
  return [...buckets, { suffix: '_sum', labels, value: value.sum }, { suffix: '_count', labels, value: running }];
};

const counterOf = (description: Description): [Family, Counter] => {
  const series = new Series(() => 0);
  const read = () => series.entries().map(({ labels, value }) => ({ suffix: '', labels, value }));
  const add: Counter['add'] = (labels = {}, by = 1) => {
    assert(by >= 0, `the counter ${description.name} never goes down`);
    series.at(labels).value += by;
  };
  return [{ ...description, type: 'counter', read }, { add }];
};

const histogramOf = (description: Description, bounds: readonly number[]): [Family, Histogram] => {
  assert(
    bounds.every((bound, index) => index === 0 || bound > (bounds[index - 1] ?? bound)),
    `the bounds of ${description.name} ascend`,
  );
  const series = new Series<Distribution>(() => ({ counts: Array(bounds.length + 1).fill(0), sum: 0 }));
  const read = () => series.entries().flatMap(({ labels, value }) => bucketSamples(bounds, labels, value));
  const observe: Histogram['observe'] = (value, labels = {}) => {
    const { value: kept } = series.at(labels);
    const found = bounds.findIndex((bound) => value <= bound);
    const index = found === -1 ? bounds.length : found;
    kept.counts[index] = (kept.counts[index] ?? 0) + 1;
    kept.sum += value;
  };
  return [{ ...description, type: 'histogram', read }, { observe }];
};

const renderFamily = (family: Family, format: MetricsFormat): string => {
  // OpenMetrics names a counter's family without the ending that its samples have.
  const isCounter = format === 'openmetrics' && family.type === 'counter';
  const name = isCounter ? family.name.replace(/_total$/, '') : family.name;
  const lines = family
    .read()
    .map(({ suffix, labels, value }) => `${family.name}${suffix}${labelText(labels)} ${numberText(value)}\n`);
  return `# HELP ${name} ${escapeHelp(family.help, format)}\n# TYPE ${name} ${family.type}\n${lines.join('')}`;
};

/** Makes an empty register of metrics: our own, since text out of numbers takes no dependency. */
export function createRegistry(): Registry {
  const families = new Map<string, Family>();
  const register = (family: Family): void => {
    assert(/^[a-z][a-z0-9_]*$/.test(family.name), `the metric ${family.name} has a name of lower-case words`);
    assert(!families.has(family.name), `the metric ${family.name} is registered once`);
    assert(family.type !== 'counter' || family.name.endsWith('_total'), `the counter ${family.name} ends in _total`);
    families.set(family.name, family);
  };
  const readOne = (type: 'counter' | 'gauge', description: Description, read: () => number): void =>
    register({ ...description, type, read: () => [{ suffix: '', labels: {}, value: read() }] });
  return {
    counter: (description) => {
      const [family, counter] = counterOf(description);
      register(family);
      return counter;
    },
    gauge: (description, read) => readOne('gauge', description, read),
    readCounter: (description, read) => readOne('counter', description, read),
    histogram: ({ bounds, ...description }) => {
      const [family, histogram] = histogramOf(description, bounds);
      register(family);
      return histogram;
    },
    render: (format) => {
      const text = [...families.values()].map((family) => renderFamily(family, format)).join('');
      return format === 'openmetrics' ? `${text}# EOF\n` : text;
    },
  };
}
