/** One server-sent event as it arrived. */
export interface ArrivedEvent {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** Takes pieces of a stream as they come and gives back the events that each piece completes. */
export type EventParser = (piece: string) => readonly ArrivedEvent[];

/**
 * Reads an event stream (https://html.spec.whatwg.org/multipage/server-sent-events.html). We read it ourselves rather than
 * through EventSource, because that one hides two things a person must be told: that the session has ended (401), and
 * that a connection which looks open has been silent for too long. Comments complete no event.
 */
export function createEventParser(): EventParser {
  let rest = '';
  let id = '';
  let event = '';
  let data: string[] = [];

  const complete = (): ArrivedEvent | null => {
    const done = data.length === 0 ? null : { id, event: event === '' ? 'message' : event, data: data.join('\n') };
    event = '';
    data = [];
    return done;
  };

  const take = (line: string): void => {
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
  };

  return (piece) => {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    const events: ArrivedEvent[] = [];
    for (const line of lines) {
      if (line !== '') {
        take(line);
        continue;
      }
      const done = complete();
      if (done !== null) events.push(done);
    }
    return events;
  };
}
