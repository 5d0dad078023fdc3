import { didYouMean } from '../kernel/suggest.ts';

/** One setting of `plimsoll serve`: a flag, an environment variable, and how its text is read. */
interface Setting<Value> {
  readonly flag: string;
  readonly environment: string;
  /** What stands after the flag in the help. */
  readonly value: string;
  readonly help: string;
  readonly standard: Value;
  /** Reads the text, or says in one clause what was expected. */
  read(text: string): { readonly value: Value } | { readonly expected: string };
}

const text = (value: string): { value: string } => ({ value });

const readPort = (given: string): { value: number } | { expected: string } => {
  const port = Number(given);
  const fits = /^\d{1,5}$/.test(given) && port <= 65_535;
  return fits ? { value: port } : { expected: 'a port from 0 (any free one) to 65535' };
};

const readUrl = (given: string): { value: string | null } | { expected: string } => {
  const url = URL.canParse(given) ? new URL(given) : null;
  const fits = url !== null && ['http:', 'https:'].includes(url.protocol) && url.pathname === '/' && url.search === '';
  return fits ? { value: url.origin } : { expected: 'an address without a path, such as https://plimsoll.example' };
};

const readBind = (given: string): { value: string } | { expected: string } =>
  /^[0-9a-fA-F.:]+$/.test(given) ? { value: given } : { expected: 'an IP address, such as 127.0.0.1 or ::1' };

const setting = <Value>(one: Setting<Value>): Setting<Value> => one;

/** Every setting with its standard value; nothing else in the program holds a default for these. */
export const settings = {
  data: setting({
    flag: 'data',
    environment: 'PLIMSOLL_DATA',
    value: 'FOLDER',
    help: 'where the journal and the records are kept',
    standard: './data',
    read: text,
  }),
  ops: setting<string | null>({
    flag: 'ops',
    environment: 'PLIMSOLL_OPS',
    value: 'FOLDER',
    help: 'definitions to apply and to watch; without it they come by `plimsoll apply`',
    standard: null,
    read: text,
  }),
  bind: setting({
    flag: 'bind',
    environment: 'PLIMSOLL_BIND',
    value: 'ADDRESS',
    help: 'the address to listen on',
    standard: '127.0.0.1',
    read: readBind,
  }),
  httpPort: setting({
    flag: 'http-port',
    environment: 'PLIMSOLL_HTTP_PORT',
    value: 'PORT',
    help: 'console and API',
    standard: 4400,
    read: readPort,
  }),
  externalUrl: setting<string | null>({
    flag: 'external-url',
    environment: 'PLIMSOLL_EXTERNAL_URL',
    value: 'URL',
    help: 'how people reach this server; used in links',
    standard: null,
    read: readUrl,
  }),
  tlsCert: setting<string | null>({
    flag: 'tls-cert',
    environment: 'PLIMSOLL_TLS_CERT',
    value: 'FILE',
    help: 'certificate chain, PEM; with --tls-key',
    standard: null,
    read: text,
  }),
  tlsKey: setting<string | null>({
    flag: 'tls-key',
    environment: 'PLIMSOLL_TLS_KEY',
    value: 'FILE',
    help: 'private key, PEM',
    standard: null,
    read: text,
  }),
} as const;

type Settings = typeof settings;

/** The settings in force. */
export type Config = { readonly [Name in keyof Settings]: Settings[Name]['standard'] } & {
  /** `PLIMSOLL_BOOTSTRAP_TOKEN`: an admin token from the first start, for automation. Never a flag: flags are seen by `ps`. */
  readonly bootstrapToken: string | null;
};

/** A setting that cannot be used; the message names it, what was found and what was expected. */
export class ConfigFault extends Error {
  override readonly name = 'ConfigFault';
}

export const bootstrapTokenLengthMin = 32;

const readBootstrapToken = (given: string | undefined): string | null => {
  if (given === undefined || given === '') return null;
  if (given.length >= bootstrapTokenLengthMin) return given;
  throw new ConfigFault(
    `PLIMSOLL_BOOTSTRAP_TOKEN has ${given.length} characters; expected ${bootstrapTokenLengthMin} or more. ` +
      'Make one with: openssl rand -hex 32',
  );
};

/** Names the environment variables that look like ours and are not: a typo must not be a silent default. */
export function refuseUnknownVariables(
  environment: Readonly<Record<string, string | undefined>>,
  alsoKnown: readonly string[],
): void {
  const known = [...Object.values(settings).map((one) => one.environment), ...alsoKnown];
  for (const name of Object.keys(environment)) {
    if (name.startsWith('PLIMSOLL_') && !known.includes(name)) {
      throw new ConfigFault(
        `environment variable ${name} is not known.${didYouMean(name, known)} Unset it, or see plimsoll serve --help`,
      );
    }
  }
}

/**
 * Reads the settings: a flag beats the environment, the environment beats the standard value.
 * @param flags what stood on the command line, by flag name
 * @throws ConfigFault naming the flag or variable, what was found and what was expected
 */
export function readConfig(
  flags: Readonly<Record<string, string | undefined>>,
  environment: Readonly<Record<string, string | undefined>>,
): Config {
  const entries = Object.entries(settings).map(([name, one]) => {
    const fromFlag = flags[one.flag];
    const given = fromFlag ?? environment[one.environment];
    if (given === undefined || given === '') return [name, one.standard];
    const answer = one.read(given);
    if ('value' in answer) return [name, answer.value];
    const place = fromFlag === undefined ? one.environment : `--${one.flag}`;
    throw new ConfigFault(`${place} is "${given}"; expected ${answer.expected}`);
  });
  const config = {
    ...Object.fromEntries(entries),
    bootstrapToken: readBootstrapToken(environment.PLIMSOLL_BOOTSTRAP_TOKEN),
  };
  return checked(config as Config);
}

function checked(config: Config): Config {
  if ((config.tlsCert === null) !== (config.tlsKey === null)) {
    throw new ConfigFault('--tls-cert and --tls-key go together; expected both, or neither');
  }
  return config;
}
