import { type Figures, figureAt, figuresIn } from "./figures.ts";
import { type Report, type ReportRow } from "./report.ts";

interface Target {
  readonly name: string;
  readonly bound: "at most" | "at least";
  readonly limit: number;
  readonly read: (figures: Figures) => number;
}

const TCP = "End to end, TCP";
const PEERS = ["winston", "syslog-client", "pino", "logtape"];

const TARGETS: readonly Target[] = [
  {
    name: "whole path to the TCP socket, CEF: CPU per event, × JSON.stringify (for Node 20)",
    bound: "at most",
    limit: 2.5,
    read: (figures) => figureAt(figures, TCP, "exporter, CEF", "× JSON.stringify"),
  },
  {
    name: "TCP throughput × CPU per event: the share of a core's time in which events go out",
    bound: "at least",
    limit: 0.8,
    read: (figures) => (throughput(figures, TCP) * figureAt(figures, TCP, "exporter, CEF", "CPU µs/event")) / 1e6,
  },
  {
    name: "TCP throughput, × the fastest peer",
    bound: "at least",
    limit: 3,
    read: (figures) => lead(figures, TCP, PEERS),
  },
  {
    name: "TCP throughput, × winston-syslog",
    bound: "at least",
    limit: 5,
    read: (figures) => lead(figures, TCP, ["winston"]),
  },
  {
    name: "TLS throughput, × the fastest peer",
    bound: "at least",
    limit: 3,
    read: (figures) => lead(figures, "End to end, TLS", PEERS),
  },
  {
    name: "into rsyslog over TCP, × loggen",
    bound: "at least",
    limit: 0.9,
    read: (figures) => overLoggen(figures, "rsyslog"),
  },
  {
    name: "into syslog-ng over TCP, × loggen",
    bound: "at least",
    limit: 0.9,
    read: (figures) => overLoggen(figures, "syslog-ng"),
  },
  {
    name: "`forwardEvent` when off, × an empty call",
    bound: "at most",
    limit: 1.1,
    read: (figures) => figureAt(figures, "`forwardEvent` when off", "forwardEvent, off", "× empty"),
  },
  {
    name: "`send()`, p99.9 / p50, in the worst state",
    bound: "at most",
    limit: 50,
    read: (figures) => Math.max(...figuresIn(figures, "`send()` when on", "p99.9 / p50").values()),
  },
  {
    name: "`send()`, p50 in the slowest state / p50 in the fastest",
    bound: "at most",
    limit: 1.25,
    read: (figures) => {
      const medians = [...figuresIn(figures, "`send()` when on", "p50 µs").values()];
      return Math.max(...medians) / Math.min(...medians);
    },
  },
  {
    name: "longest delay of the event loop at 100,000 events/s, ms",
    bound: "at most",
    limit: 10,
    read: (figures) => figureAt(figures, "Longest delay of the event loop", "100,000 events/s", "longest delay ms"),
  },
  {
    name: "events/s that were reached at that load",
    bound: "at least",
    limit: 99_000,
    read: (figures) => figureAt(figures, "Longest delay of the event loop", "100,000 events/s", "events/s"),
  },
  {
    name: "memory of a full queue, × its byte limit",
    bound: "at most",
    limit: 2.5,
    read: (figures) => Math.max(...figuresIn(figures, "Memory of a full queue", "× limit").values()),
  },
  {
    name: "retained garbage: memory at the end − after the first million, MiB",
    bound: "at most",
    limit: 1,
    read: (figures) => {
      const used = figuresIn(figures, "Retained garbage", "in use MiB");
      return ([...used.values()].at(-1) ?? NaN) - (used.get("1,000,000") ?? NaN);
    },
  },
];

/** Says of each target whether these figures meet it. What was not measured is not met. */
export function judgeTargets(figures: Figures): Report {
  return {
    title: "Targets",
    about: "",
    columns: ["target", "limit", "measured", ""],
    rows: TARGETS.map((target): ReportRow => {
      const measured = target.read(figures);
      const within = target.bound === "at most" ? measured <= target.limit : measured >= target.limit;
      const met = within && Number.isFinite(measured); // the greatest of nothing is below every limit
      const limit = `${target.bound === "at most" ? "≤" : "≥"} ${target.limit.toLocaleString("en")}`;
      return [target.name, limit, Number.isFinite(measured) ? measured : null, met ? "met" : "**not met**"];
    }),
  };
}

function throughput(figures: Figures, title: string, sender = "exporter, CEF"): number {
  return figureAt(figures, title, sender, "events/s");
}

function lead(figures: Figures, title: string, peers: readonly string[]): number {
  const rates = peers.map((peer) => throughput(figures, title, peer)).filter((rate) => !Number.isNaN(rate));
  return throughput(figures, title) / Math.max(...rates);
}

function overLoggen(figures: Figures, receiver: string): number {
  return figureAt(figures, "Into real receivers", `${receiver}, TCP`, "× loggen");
}
