import { sessionDefaults } from '../capabilities/access/session.ts';
import type { JsonValue } from '../kernel/json.ts';
import type { Millis } from '../kernel/time.ts';
import type { Method } from '../platform/http/route.ts';
import { bodyOf, isDone, numberIn, textIn } from './answers.ts';
import { rootToken } from './boot-app.ts';
import { type Client, createClient, type Reply } from './client.ts';
import { LawBroken } from './law-broken.ts';
import type { World } from './world.ts';

/** A browser, with what it was told of its session. */
export interface Browser {
  readonly client: Client;
  /** When the session is over at the latest, as the server said; null without one. */
  absoluteEndsAt: Millis | null;
  /** The latest moment, by the server's wall clock, at which the session may have been used. */
  lastUseAt: Millis;
}

/** A person as they know themselves; what the server knows may differ. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** One at the desk, one on the phone: each has a session of its own. */
  readonly browsers: readonly [Browser, Browser];
  /** Known once somebody was told that they were added. */
  id: string | null;
  /** Codes of sign-in links that were handed to them, the newest last. */
  readonly codes: string[];
  /** True from the moment somebody was told that this person is disabled or erased. */
  isGone: boolean;
  /** True from the moment somebody was told that this person is erased. */
  isErased: boolean;
}

/** A program with a token. */
export interface Program {
  readonly id: string;
  readonly client: Client;
  readonly expiresAt: Millis;
  /** True from the moment somebody was told that the token is revoked. */
  isRevoked: boolean;
}

/** Everybody who uses the server in a run, and what they know. */
export interface Town {
  readonly world: World;
  /** Automation with the bootstrap token: it may do everything. */
  readonly root: Client;
  readonly people: readonly Person[];
  readonly programs: readonly Program[];
  /** Names, addresses, passwords, codes and tokens: they must never stand in the journal. */
  readonly secrets: ReadonlySet<string>;
  /** Cookies of sessions that are over, as their owners were told: signed out of, or ended by a new password. */
  readonly overCookies: readonly string[];
  /** Sends a request as a person, and holds the answer against what is known of their session. */
  as(person: Person, browser: Browser, method: Method, path: string, body?: JsonValue): Promise<Reply>;
  /** Sends a request as a program, and holds the answer against what is known of its token. */
  by(program: Program, method: Method, path: string, body?: JsonValue): Promise<Reply>;
  /** Takes in a token from the answer that it was made with. */
  addProgram(made: JsonValue): Program;
  /** Takes in that a person was added, from the answer: their id and their first link. */
  welcome(person: Person, added: JsonValue): void;
}

/** What was known of the people whose erasure was acknowledged. */
export const erasedOf = ({ people }: Town): ReadonlySet<string> =>
  new Set(people.filter(({ isErased }) => isErased).map(({ email }) => email));

/** Long enough to be found nowhere by accident. */
const passwordOf = (name: string): string => `${name} eats seven green plums`;

/** The code that a sign-in link carries behind its `#`. */
const codeOf = (link: string): string => link.slice(link.indexOf('#code=') + '#code='.length);

/** Everything else, such as `/readyz`, is open to strangers. */
const isGuarded = (path: string): boolean => path.startsWith('/api/v1/');

/** Answers to these begin a session, so what ended before says nothing of them. */
const isSignIn = (method: Method, path: string): boolean => method === 'POST' && path.startsWith('/api/v1/session');

/** The cookies, of those that a person had when they asked, whose sessions are over when this was done. */
const endedBy = (method: Method, path: string, own: string | null, all: readonly string[]): readonly string[] => {
  if (method === 'PUT' && path === '/api/v1/session/password') return all;
  return method === 'DELETE' && path === '/api/v1/session' && own !== null ? [own] : [];
};

/** Holds an answer that was good against what ended before. @param at a moment at which the session was still used */
function holdSession(what: string, { absoluteEndsAt, lastUseAt }: Browser, at: Millis): void {
  if (absoluteEndsAt !== null && at >= absoluteEndsAt) throw new LawBroken(`${what} was done in a session too old`);
  if (lastUseAt > 0 && at >= lastUseAt + sessionDefaults.idleMs) {
    throw new LawBroken(`${what} was done in a session that lay idle too long`);
  }
}

const cookiesOf = ({ browsers }: Person): readonly string[] =>
  browsers.map(({ client }) => client.cookie()).filter((cookie) => cookie !== null);

class SmallTown implements Town {
  readonly world: World;
  readonly root: Client;
  readonly people: readonly Person[];
  readonly programs: Program[] = [];
  readonly overCookies: string[] = [];
  readonly secrets = new Set<string>([rootToken]);

  constructor(world: World, names: readonly string[]) {
    this.world = world;
    this.root = createClient({ world, name: 'root', token: rootToken, address: '10.0.0.1' });
    this.people = names.map((name, place) => this.#personOf(name, `10.1.0.${place + 1}`));
  }

  async as(person: Person, browser: Browser, method: Method, path: string, body?: JsonValue): Promise<Reply> {
    const sentAt = this.world.clock.now();
    const wasGone = person.isGone;
    const ownCookie = browser.client.cookie();
    const cookies = cookiesOf(person);
    const reply = await browser.client.call(method, path, body);
    const answeredAt = this.world.clock.now();
    if (isDone(reply) && isGuarded(path)) {
      const what = `${method} ${path} of ${browser.client.name}`;
      if (wasGone) throw new LawBroken(`${what} was done for somebody who had left`);
      if (isSignIn(method, path)) browser.lastUseAt = 0;
      else holdSession(what, browser, Math.min(sentAt, answeredAt));
      this.overCookies.push(...endedBy(method, path, ownCookie, cookies));
    }
    browser.absoluteEndsAt = numberIn(bodyOf(reply), 'absoluteEndsAt') ?? browser.absoluteEndsAt;
    // The clock may have been set back on the way: the server has seen one of the two, or something in between.
    browser.lastUseAt = Math.max(browser.lastUseAt, sentAt, answeredAt);
    return reply;
  }

  async by(program: Program, method: Method, path: string, body?: JsonValue): Promise<Reply> {
    const { isRevoked } = program;
    const sentAt = this.world.clock.now();
    const reply = await program.client.call(method, path, body);
    if (!isDone(reply)) return reply;
    const what = `${method} ${path} of ${program.client.name}`;
    if (isRevoked) throw new LawBroken(`${what} was done with a token that had been revoked`);
    const isExpired = Math.min(sentAt, this.world.clock.now()) >= program.expiresAt;
    if (isExpired) throw new LawBroken(`${what} was done with a token that had expired`);
    return reply;
  }

  addProgram(made: JsonValue): Program {
    const secret = textIn(made, 'secret');
    this.secrets.add(secret);
    const place = this.programs.length + 1;
    const [name, address] = [`program-${place}`, `10.2.0.${place}`];
    const program: Program = {
      id: textIn(made, 'id'),
      client: createClient({ world: this.world, name, token: secret, address }),
      expiresAt: numberIn(made, 'expiresAt') ?? 0,
      isRevoked: false,
    };
    this.programs.push(program);
    return program;
  }

  welcome(person: Person, added: JsonValue): void {
    const code = codeOf(textIn(added, 'signInLink'));
    this.secrets.add(code);
    person.codes.push(code);
    person.id = textIn(added, 'id') === '' ? person.id : textIn(added, 'id');
  }

  #personOf(name: string, address: string): Person {
    const email = `${name}@harbour.example`;
    const password = passwordOf(name);
    this.secrets.add(email).add(password);
    const browserOf = (client: string): Browser => ({
      client: createClient({ world: this.world, name: client, token: null, address }),
      absoluteEndsAt: null,
      lastUseAt: 0,
    });
    const browsers = [browserOf(name), browserOf(`${name}-phone`)] as const;
    return { name, email, password, browsers, id: null, codes: [], isGone: false, isErased: false };
  }
}

/** Makes a town of people whom the server does not know yet. */
export const createTown = (world: World, names: readonly string[]): Town => new SmallTown(world, names);
