import {
  ConfigError,
  type ConfigProblem,
  type NameSetting,
  nameSettings,
  readConfig,
  type ResolvedSiemConfig,
} from "@clawmetry/siem-exporter";
import { type Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { configFlags, readFlagVariables } from "./config-flags.ts";
import { readSection } from "./read-section.ts";

/** The options of a parsed command. */
export type ParsedOptions = Readonly<Record<string, unknown>>;

/** A configuration, and the names by which it was given. */
export interface NamedConfig {
  readonly config: ResolvedSiemConfig;
  /** The flag, the variable or the path in the section of a setting such as `tls.caFile`; for one that is not set, its flag. */
  readonly nameOf: NameSetting;
}

const HOST_VARIABLE = "CLAWMETRY_SIEM_HOST";

/**
 * Reads the configuration: flags win over the environment, which wins over the file of `--config`. Rejects with `UsageError`,
 * one line for every bad setting, under the name it was given by. `defaultHost` stands in for commands that need no collector.
 */
export async function readSiemConfig(
  options: ParsedOptions,
  { env }: Pick<Terminal, "env">,
  defaultHost?: string,
): Promise<NamedConfig> {
  const flags = readFlagVariables(options);
  const section = typeof options["config"] === "string" ? await readSection(options["config"]) : undefined;
  const given = { ...env, ...Object.fromEntries(flags) };
  try {
    const config =
      readConfig(given, section) ??
      (defaultHost === undefined ? undefined : readConfig({ ...given, [HOST_VARIABLE]: defaultHost }, section));
    if (config !== undefined) return { config, nameOf: nameByFlag(nameSettings(given, section), flags, env) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new UsageError(error.problems.map((problem) => renameSettings(problem, flags, env)));
  }
  throw new UsageError([`no collector: set --host, ${HOST_VARIABLE} or siem.host in the file of --config`]);
}

// Who gave a flag looks for flags, not for variables.
function renameSettings(
  { setting, message }: ConfigProblem,
  flags: ReadonlyMap<string, string>,
  env: Terminal["env"],
): string {
  return message.replace(/CLAWMETRY_SIEM_[A-Z0-9_]+/g, (variable) =>
    flags.has(setting) || flags.has(variable) ? nameVariable(variable, flags, env) : variable,
  );
}

function nameByFlag(nameOf: NameSetting, flags: ReadonlyMap<string, string>, env: Terminal["env"]): NameSetting {
  return (path) => nameVariable(nameOf(path), flags, env);
}

// A variable that is not set could be set by its flag.
function nameVariable(name: string, flags: ReadonlyMap<string, string>, env: Terminal["env"]): string {
  const inEnvironment = !flags.has(name) && (env[name] ?? "").trim() !== "";
  return inEnvironment ? name : (flagOf(name) ?? name);
}

function flagOf(variable: string): string | undefined {
  return configFlags.find((flag) => flag.variable === variable)?.flag;
}
