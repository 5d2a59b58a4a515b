import { checkTlsFiles, ConfigError } from "@clawmetry/siem-exporter";
import { UsageError } from "../usage-error.ts";
import { type NamedConfig } from "./read-siem-config.ts";

/**
 * Throws `UsageError`, one line for each TLS file that cannot be used. An exporter would wait for a file that is not there; a
 * command says so at once.
 */
export function requireTlsFiles({ config, nameOf }: NamedConfig): void {
  try {
    checkTlsFiles(config, nameOf);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new UsageError(error.problems.map(({ message }) => message));
  }
}
