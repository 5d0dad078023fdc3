import type { Millis } from '../kernel/time.ts';
import type { Clock } from '../platform/edge/clock.ts';
import type { SimChance } from './sim-chance.ts';

/** How badly the network behaves. Shares are of all messages, from 0 to 1. */
export interface NetworkConditions {
  /** Each message takes from 0 to this long, drawn for itself: later ones overtake earlier ones. */
  readonly delayMsMax: Millis;
  readonly requestLostShare: number;
  readonly answerLostShare: number;
  /** The request arrives a second time, as when a proxy retries it. */
  readonly duplicateShare: number;
}

export const perfectNetwork: NetworkConditions = {
  delayMsMax: 0,
  requestLostShare: 0,
  answerLostShare: 0,
  duplicateShare: 0,
};

/** After this long without an answer a client gives up; it does not know then whether its request was carried out. */
export const clientPatienceMs: Millis = 30_000;

export type Delivery<Answer> =
  | { readonly outcome: 'answered'; readonly answer: Answer }
  /** Nothing was done: the connection was refused. */
  | { readonly outcome: 'unreachable' }
  /** No answer came; the request may have been carried out, once or twice. */
  | { readonly outcome: 'unknown' };

export interface SimNetwork<Request, Answer> {
  /** Sends a request for a client. Never rejects. */
  send(client: string, request: Request): Promise<Delivery<Answer>>;
  /** Sets how messages of one client, or of all others (`*`), fare from now on. */
  setConditions(client: string, conditions: NetworkConditions): void;
}

export interface SimNetworkOptions<Request, Answer> {
  readonly clock: Clock;
  readonly chance: SimChance;
  /** The server at this moment; null when nothing listens. Its promise never settles when the server dies over it. */
  readonly serve: (request: Request) => Promise<Answer> | null;
  readonly conditions: NetworkConditions;
}

/** Messages between clients and one server, over virtual time. */
export function createSimNetwork<Request, Answer>(
  options: SimNetworkOptions<Request, Answer>,
): SimNetwork<Request, Answer> {
  const { clock, chance, serve } = options;
  const byClient = new Map<string, NetworkConditions>([['*', options.conditions]]);
  const conditionsOf = (client: string): NetworkConditions =>
    byClient.get(client) ?? byClient.get('*') ?? options.conditions;

  /** Each client draws for itself: one more message of one leaves the fate of the others as it was. */
  const chanceByClient = new Map<string, SimChance>();
  const chanceOf = (client: string): SimChance => {
    const own = chanceByClient.get(client) ?? chance.fork(client);
    chanceByClient.set(client, own);
    return own;
  };

  const travel = (client: string, then: () => void): void => {
    clock.after(chanceOf(client).integer(0, conditionsOf(client).delayMsMax), then);
  };

  return {
    send: (client, request) =>
      new Promise((resolve) => {
        const giveUp = clock.after(clientPatienceMs, () => resolve({ outcome: 'unknown' }));
        const arrive = (delivery: Delivery<Answer>): void => {
          giveUp();
          resolve(delivery);
        };
        const answerWith = (answer: Answer): void => {
          if (chanceOf(client).happens(conditionsOf(client).answerLostShare)) return;
          travel(client, () => arrive({ outcome: 'answered', answer }));
        };
        const isTwice = chanceOf(client).happens(conditionsOf(client).duplicateShare);
        const post = (): void =>
          travel(client, () => {
            if (chanceOf(client).happens(conditionsOf(client).requestLostShare)) return;
            const handled = serve(request);
            if (handled !== null) handled.then(answerWith);
            // With a second copy under way a refused connection says nothing about the other.
            else if (!isTwice) arrive({ outcome: 'unreachable' });
          });
        post();
        if (isTwice) post();
      }),
    setConditions: (client, conditions) => {
      byClient.set(client, conditions);
    },
  };
}
