import { type CloseReport } from "@clawmetry/siem-core";
import { type AgentEvent } from "@clawmetry/siem-events";
import { checkTlsFiles } from "./check-tls-files.ts";
import { createSiemExporter, type SiemExporter } from "./create-siem-exporter.ts";
import { defaultExporterState as state } from "./default-exporter-state.ts";
import { nameSettings } from "./name-settings.ts";
import { readConfig } from "./read-config.ts";

/**
 * Sends an event to the collector of CLAWMETRY_SIEM_HOST, through the process-wide exporter. Never throws and never blocks.
 * Does nothing when the variable is unset; after `closeDefaultExporter`, the event is counted as dropped, `closed`.
 *
 * The environment is read once, at the first use. A bad setting, or a TLS file that cannot be used then, leaves it off, with
 * one process warning, code `CLAWMETRY_SIEM_CONFIG`, that names the variable, the value and what is allowed.
 */
export function forwardEvent(event: AgentEvent): void {
  if (state.exporter === undefined) return;
  getDefaultExporter()?.send(event);
}

/** The process-wide exporter, built on first use. Undefined when it is off. Never throws. */
export function getDefaultExporter(): SiemExporter | undefined {
  if (state.exporter !== "undecided") return state.exporter;
  state.exporter = undefined;
  try {
    const config = readConfig();
    if (config === undefined) return undefined;
    checkTlsFiles(config, nameSettings());
    state.exporter = createSiemExporter(config);
  } catch (error) {
    warn(error);
  }
  return state.exporter;
}

/**
 * Closes the process-wide exporter: sends what it can within `timeoutMs` (default 5000), and reports what was left. It stays
 * closed: what comes later must not open a new connection while the process shuts down. Undefined when it is off or was never
 * used, which then switches it off.
 */
export async function closeDefaultExporter(
  options: { readonly timeoutMs?: number } = {},
): Promise<CloseReport | undefined> {
  if (state.exporter === "undecided") state.exporter = undefined;
  return state.exporter?.close(options);
}

function warn(error: unknown): void {
  const reason = error instanceof Error ? error.message : "the configuration cannot be read";
  process.emitWarning(`SIEM export is off: ${reason}`, { type: "ClawMetryWarning", code: "CLAWMETRY_SIEM_CONFIG" });
}
