/** One request under way. */
export interface Flight {
  /** Tells its handler to end: the caller has gone, or the server stops. */
  readonly abort: AbortController;
  isStream: boolean;
}

/** The requests under way in all listeners; the stop waits for them. */
export interface Flights {
  begin(): Flight;
  end(flight: Flight): void;
  count(): number;
  streamCount(): number;
  endStreams(): void;
  endAll(): void;
  /** Resolves when nothing is under way any more, or with the signal. */
  landed(signal: AbortSignal): Promise<void>;
}

export function createFlights(): Flights {
  const flights = new Set<Flight>();
  let onLanded: (() => void) | undefined;
  const abort = (wanted: (flight: Flight) => boolean): void => {
    for (const flight of flights) if (wanted(flight)) flight.abort.abort();
  };
  return {
    begin: () => {
      const flight: Flight = { abort: new AbortController(), isStream: false };
      flights.add(flight);
      return flight;
    },
    end: (flight) => {
      flights.delete(flight);
      // After a whole answer nobody listens to this any more; before it, the caller has gone.
      flight.abort.abort();
      if (flights.size === 0) onLanded?.();
    },
    count: () => flights.size,
    streamCount: () => [...flights].filter((flight) => flight.isStream).length,
    endStreams: () => abort((flight) => flight.isStream),
    endAll: () => abort(() => true),
    landed: (signal) =>
      new Promise((resolve) => {
        if (flights.size === 0 || signal.aborted) return resolve();
        onLanded = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      }),
  };
}
