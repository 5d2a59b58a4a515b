import { type Exporter } from "./exporter.ts";

/** When there is room for more events, in several exporters at once. */
export interface Readiness {
  readonly ready: () => Promise<void>;
}

/** Whoever waits, waits for those exporters that make progress, and is woken when that changes. */
export function createReadiness(exporters: readonly Exporter<never>[]): Readiness {
  // One wait per exporter, however many ask: a dead one would gather them.
  const waits = new Map<Exporter<never>, Promise<void>>();

  function readyOf(exporter: Exporter<never>): Promise<void> {
    const wait = waits.get(exporter) ?? exporter.ready().finally(() => waits.delete(exporter));
    waits.set(exporter, wait);
    return wait;
  }
  // One that has failed counts again when it is connected: a dead one is connecting for most of the time.
  const reachable = (): readonly Exporter<never>[] =>
    exporters.filter(({ stats: { state, errors } }) => state === "connected" || (errors === 0 && state !== "closed"));

  async function settleAll(these: readonly Exporter<never>[]): Promise<true> {
    await Promise.all(these.map(readyOf));
    return true;
  }

  return {
    ready: async () => {
      let done = false;
      while (!done) {
        const change = nextChange(exporters);
        const these = reachable();
        const enough = these.length > 0 ? settleAll(these) : Promise.race(exporters.map(readyOf)).then(() => true);
        done = await Promise.race([enough, change.promise]);
        change.cancel();
      }
    },
  };
}

function nextChange(exporters: readonly Exporter<never>[]): {
  readonly promise: Promise<false>;
  readonly cancel: () => void;
} {
  const ends: (() => void)[] = [];
  const promise = new Promise<false>((resolve) => {
    for (const exporter of exporters) {
      ends.push(
        exporter.onStateChange(() => {
          resolve(false);
        }),
      );
    }
  });
  return {
    promise,
    cancel: () => {
      for (const end of ends) end();
    },
  };
}
