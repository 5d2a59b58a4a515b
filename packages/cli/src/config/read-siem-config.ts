import { ConfigError, readConfig, type ResolvedSiemConfig } from "@clawmetry/siem-exporter";
import { type Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { configFlags, readFlagVariables } from "./config-flags.ts";
import { readSection } from "./read-section.ts";

/** The options of a parsed command. */
export type ParsedOptions = Readonly<Record<string, unknown>>;

const HOST_VARIABLE = "CLAWMETRY_SIEM_HOST";

/**
 * Reads the configuration: flags win over the environment, which wins over the file of `--config`. Rejects with `UsageError`,
 * one line for every bad setting, under the name it was given by. `defaultHost` stands in for commands that need no collector.
 */
export async function readSiemConfig(
  options: ParsedOptions,
  { env }: Pick<Terminal, "env">,
  defaultHost?: string,
): Promise<ResolvedSiemConfig> {
  const flags = readFlagVariables(options);
  const section = typeof options["config"] === "string" ? await readSection(options["config"]) : undefined;
  const read = (settings: ReadonlyMap<string, string>): ResolvedSiemConfig | undefined =>
    readConfig({ ...env, ...Object.fromEntries(settings) }, section);
  try {
    const config =
      read(flags) ?? (defaultHost === undefined ? undefined : read(new Map([...flags, [HOST_VARIABLE, defaultHost]])));
    if (config !== undefined) return config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new UsageError(error.problems.map(({ message }) => renameSettings(message, flags)));
  }
  throw new UsageError([`no collector: set --host, ${HOST_VARIABLE} or siem.host in the file of --config`]);
}

// Who gave a flag looks for the flag, not for a variable.
function renameSettings(message: string, flags: ReadonlyMap<string, string>): string {
  return message.replace(/CLAWMETRY_SIEM_[A-Z0-9_]+/g, (variable) => {
    const given = flags.has(variable) ? configFlags.find((flag) => flag.variable === variable) : undefined;
    return given?.flag ?? variable;
  });
}
