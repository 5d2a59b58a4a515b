import { type AgentEvent } from "@clawmetry/siem-events";
import { type SiemConfig } from "@clawmetry/siem-exporter";

/** Writes the line of an event. */
export type WriteLine = (event: AgentEvent) => string;

interface Internals {
  readonly resolveSiemConfig: (config: SiemConfig) => unknown;
  readonly siemFormatter: (config: unknown) => (event: AgentEvent, context: object) => { readonly text: string };
}

/**
 * What an exporter does for every event before it queues the line: description, header, message. It is no public name, so it
 * is taken from the build of siem-exporter.
 */
export async function exporterLines(config: SiemConfig): Promise<WriteLine> {
  const { resolveSiemConfig, siemFormatter } = await loadInternals();
  const format = siemFormatter(resolveSiemConfig(config));
  let number = 0;
  return (event) => format(event, { nowMs: 1_795_403_100_000, sequence: { boot: "00c0ffee", number: ++number } }).text;
}

async function loadInternals(): Promise<Internals> {
  const index = new URL("./", import.meta.resolve("@clawmetry/siem-exporter"));
  const files = ["resolve-siem-config.js", "siem-formatter.js"];
  const modules: readonly unknown[] = await Promise.all(files.map((file) => import(new URL(file, index).href)));
  return Object.assign({}, ...modules) as Internals;
}
