import { type Exporter } from "./exporter.ts";

/** When there is room for more events, in several exporters at once. */
export interface Readiness {
  readonly ready: () => Promise<void>;
}

/** Whoever waits, waits for those exporters that make progress, and is woken when that changes. */
export function createReadiness(exporters: readonly Exporter<never>[]): Readiness {
  // Each is asked once at a time, however many wait: a dead one would gather them.
  const asked = new Set<Exporter<never>>();
  const roomy = new Set<Exporter<never>>();
  const waiting = new Set<() => void>();
  let endWatch: (() => void) | undefined;

  function ask(exporter: Exporter<never>): void {
    if (asked.has(exporter)) return;
    asked.add(exporter);
    roomy.delete(exporter);
    void exporter.ready().then(() => {
      asked.delete(exporter);
      roomy.add(exporter);
      check();
    });
  }
  // One that has failed counts again when it is connected: a dead one is connecting for most of the time.
  function isReachable({ stats: { state, errors } }: Exporter<never>): boolean {
    return state === "connected" || (errors === 0 && state !== "closed");
  }
  function hasRoom(): boolean {
    const reachable = exporters.filter(isReachable);
    return reachable.length > 0 ? reachable.every((exporter) => roomy.has(exporter)) : roomy.size > 0;
  }
  function check(): void {
    if (waiting.size === 0 || !hasRoom()) return;
    for (const wake of waiting) wake();
    waiting.clear();
    endWatch?.();
    endWatch = undefined;
  }
  function watch(): () => void {
    const ends = exporters.map((exporter) => exporter.onStateChange(check));
    return () => {
      for (const end of ends) end();
    };
  }

  return {
    ready: () =>
      new Promise((resolve) => {
        waiting.add(resolve);
        endWatch ??= watch();
        for (const exporter of exporters) ask(exporter);
      }),
  };
}
