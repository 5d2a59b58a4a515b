import { type SiemExporter } from "./create-siem-exporter.ts";

/** What was decided about the process-wide exporter. */
export interface DefaultExporterState {
  /** `undecided` until the first use; undefined when it is off. */
  exporter: SiemExporter | undefined | "undecided";
}

/**
 * The only state at module level: the ingest hook calls a bare function at every event, from anywhere in the process, and all
 * calls must share one connection, one queue and one sequence of numbers.
 */
export const defaultExporterState: DefaultExporterState = { exporter: "undecided" };
