import type { ExporterState, ExporterStats, StoreStats } from "@clawmetry/siem-core";

/** One value of a metric, and what tells it from the others. */
export interface MetricSample {
  readonly value: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** A metric of an exporter, for any library. */
export interface ExporterMetric {
  /** In the way of OpenTelemetry, such as `events.accepted`, with the prefix of its own still missing. */
  readonly name: string;
  /** `counter`: grows, but for what `close` takes back from `sent` at the very end. `gauge`: goes up and down. */
  readonly kind: "counter" | "gauge";
  /** In the way of UCUM: `{event}`, `By`, `1`. */
  readonly unit: string;
  readonly description: string;
  /** Names of its labels. */
  readonly labels: readonly string[];
  readonly read: (stats: ExporterStats) => readonly MetricSample[];
}

const STATES: readonly ExporterState[] = ["idle", "connecting", "connected", "backing-off", "failing-over", "closed"];

/** Everything that can be watched about an exporter. */
export const exporterMetrics: readonly ExporterMetric[] = [
  counter("events.accepted", "{event}", "Events taken into the queue.", (stats) => stats.accepted),
  counter("events.sent", "{event}", "Events handed over, which is no proof of arrival.", (stats) => stats.sent),
  {
    name: "events.dropped",
    kind: "counter",
    unit: "{event}",
    description: "Events given up, by reason.",
    labels: ["reason"],
    read: ({ dropped }) => Object.entries(dropped).map(([reason, value]) => ({ value, labels: { reason } })),
  },
  counter("events.replayed", "{event}", "Messages sent again after a break.", (stats) => stats.replayed),
  counter("events.own", "{event}", "Heartbeats and loss reports handed over.", (stats) => stats.own),
  counter("sends.retried", "{attempt}", "Attempts made after a failed one.", (stats) => stats.retried),
  counter("errors", "{error}", "Failed sends, broken connections, failed formatting.", (stats) => stats.errors),
  gauge("queue.events", "{event}", "Events that wait.", (stats) => stats.queuedEvents),
  gauge("queue.size", "By", "Bytes in the queue.", (stats) => stats.queuedBytes),
  ofStore("store.events", "{event}", "Events on disk and not in memory.", ({ events }) => events),
  ofStore("store.size", "By", "Bytes of the files of the spool.", ({ bytes }) => bytes),
  ofStore("store.usable", "1", "1 when the disk of the spool can be written.", ({ state }) => Number(state === "disk")),
  gauge("sequence.last", "1", "The highest sequence number given out.", (stats) => stats.lastSeq),
  gauge("sequence.confirmed", "1", "Every number up to it was sent or dropped.", (stats) => stats.confirmedSeq),
  {
    name: "target.state",
    kind: "gauge",
    unit: "1",
    description: "1 for the state that the way to a target is in, 0 for the others.",
    labels: ["target", "state"],
    read: ({ targets }) =>
      targets.flatMap(({ target, state: current }) =>
        STATES.map((state) => ({ value: state === current ? 1 : 0, labels: { target, state } })),
      ),
  },
  {
    name: "target.active",
    kind: "gauge",
    unit: "1",
    description: "1 for a target that events go to now.",
    labels: ["target"],
    read: ({ targets }) => targets.map(({ target, active }) => ({ value: active ? 1 : 0, labels: { target } })),
  },
  {
    name: "target.sent",
    kind: "counter",
    unit: "{event}",
    description: "Events handed over to a target.",
    labels: ["target"],
    read: ({ targets }) => targets.map(({ target, sent }) => ({ value: sent, labels: { target } })),
  },
  {
    name: "target.errors",
    kind: "counter",
    unit: "{error}",
    description: "Failed sends to a target, and its broken connections.",
    labels: ["target"],
    read: ({ targets }) => targets.map(({ target, errors }) => ({ value: errors, labels: { target } })),
  },
  {
    name: "target.queue.events",
    kind: "gauge",
    unit: "{event}",
    description: "Events that wait for a target with a queue of its own.",
    labels: ["target"],
    read: ({ targets }) =>
      targets.flatMap(({ target, queue }) =>
        queue === undefined ? [] : [{ value: queue.queuedEvents, labels: { target } }],
      ),
  },
];

type ReadOne = (stats: ExporterStats) => number;

function counter(name: string, unit: string, description: string, read: ReadOne): ExporterMetric {
  return { ...single(name, unit, description, read), kind: "counter" };
}

function gauge(name: string, unit: string, description: string, read: ReadOne): ExporterMetric {
  return { ...single(name, unit, description, read), kind: "gauge" };
}

function ofStore(name: string, unit: string, description: string, read: (store: StoreStats) => number): ExporterMetric {
  return {
    name,
    kind: "gauge",
    unit,
    description,
    labels: ["target"],
    read: (stats) => storesOf(stats).map(({ target, store }) => ({ value: read(store), labels: { target } })),
  };
}

// Those of a failover share one: it has the name of the first.
function storesOf({
  store,
  targets,
}: ExporterStats): readonly { readonly target: string; readonly store: StoreStats }[] {
  const own = targets.flatMap(({ target, queue }) =>
    queue?.store === undefined ? [] : [{ target, store: queue.store }],
  );
  if (own.length > 0 || store === undefined) return own;
  return [{ target: targets[0]?.target ?? "", store }];
}

function single(name: string, unit: string, description: string, read: ReadOne): Omit<ExporterMetric, "kind"> {
  return { name, unit, description, labels: [], read: (stats) => [{ value: read(stats), labels: {} }] };
}
