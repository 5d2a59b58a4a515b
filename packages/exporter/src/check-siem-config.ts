import * as v from "valibot";
import { adviseOnPort } from "./advise-on-port.ts";
import { ConfigError, type ConfigProblem } from "./config-error.ts";
import { HOSTS_RULE } from "./field-schemas.ts";
import { type Fields, isFields } from "./fields.ts";
import { findTargetConflicts } from "./find-target-conflicts.ts";
import { findUnusedTls } from "./find-unused-tls.ts";
import { knownFields } from "./known-fields.ts";
import { type ListedTarget, listTargets } from "./list-targets.ts";
import { type NameSetting } from "./name-settings.ts";
import { showValue } from "./show-value.ts";
import { type ParsedSiemConfig, siemConfigSchema } from "./siem-config-schema.ts";
import { type SiemMode, type SiemTarget } from "./siem-config.ts";

/** How problems are told. */
export interface CheckOptions {
  /** The name of the setting at a path such as `tls.caFile` or `targets[1].tls.caFile`. Default: the path. */
  readonly nameOf?: NameSetting;
  /** Problems that were found already, told first. */
  readonly problems?: readonly ConfigProblem[];
}

/** A configuration without a fault. */
export interface CheckedSiemConfig {
  readonly mode: SiemMode;
  /** At least one. */
  readonly targets: readonly ListedTarget[];
}

// The path of a key is no secret, but people put the key itself there.
const NEVER_SHOWN: ReadonlySet<string> = new Set(["tls", "tls.keyPassphrase", "tls.keyFile"]);

/**
 * Checks a configuration from anywhere against the schema and for settings that exclude each other. Unknown settings are
 * errors. Throws one `ConfigError` for everything that is wrong.
 */
export function checkSiemConfig(input: unknown, options: CheckOptions = {}): CheckedSiemConfig {
  const { nameOf = (path: string) => path, problems: found = [] } = options;
  const { fields, problems: unknown } = knownFields(isFields(input) ? input : {}, nameOf);
  const result = v.safeParse(siemConfigSchema, fields);
  const bad = new Map<string, ConfigProblem>();
  if (fields.host === undefined && fields.targets === undefined) {
    bad.set("host", badValue("host", HOSTS_RULE, undefined, nameOf));
  } else if (fields.host !== undefined && fields.targets !== undefined) {
    bad.set("targets", notBoth(nameOf));
  }
  for (const issue of result.issues ?? []) {
    const path = pathOf(issue);
    if (!bad.has(path)) bad.set(path, badValue(path, issue.message, issue.input, nameOf));
  }
  const { mode = "failover", ...parsed } = readableOutput(result.output);
  const targets = listTargets(parsed);
  const conflicts = findTargetConflicts(targets, { isBad: (path) => bad.has(path), nameOf });
  const unused = bad.size > 0 ? [] : findUnusedTls(parsed, targets, nameOf);
  const problems = [...found, ...unknown, ...bad.values(), ...conflicts, ...unused];
  if (problems.length > 0) throw new ConfigError(problems);
  return { mode, targets };
}

// `targets[1].tls.caFile`
function pathOf(issue: v.GenericIssue): string {
  return (v.getDotPath(issue) ?? "").replace(/^targets\.(\d+)/, "targets[$1]").replace(/(fingerprint256)\.\d+$/, "$1");
}

function badValue(path: string, rule: string, value: unknown, nameOf: NameSetting): ConfigProblem {
  const setting = nameOf(path);
  const own = path.replace(/^targets\[\d+\]\.?/, "");
  const received = NEVER_SHOWN.has(own) ? "a value that is not shown" : showReceived(path, value);
  return { setting, message: `${setting} must be ${rule}, got ${received}${adviseOnPort(path, value, nameOf)}` };
}

function notBoth(nameOf: NameSetting): ConfigProblem {
  const setting = nameOf("targets");
  return {
    setting,
    message: `${setting} must not be set together with ${nameOf("host")}: one of them names the collectors`,
  };
}

function showReceived(path: string, value: unknown): string {
  return path === "targets" && Array.isArray(value) ? `${value.length}` : showValue(value);
}

// Also where something is bad: the other settings are in it, parsed.
function readableOutput(output: unknown): ParsedSiemConfig {
  const { host, targets, ...fields } = output as Fields & ParsedSiemConfig;
  return {
    ...readable(fields),
    ...(typeof host === "string" && { host }),
    ...(Array.isArray(targets) && { targets: targets.map(readableTarget) }),
  };
}

function readable<T extends { readonly tls?: unknown }>(settings: T): T {
  const { tls, ...fields } = settings;
  return isFields(tls) ? settings : (fields as T);
}

function readableTarget(target: unknown): SiemTarget {
  const { host, ...fields } = isFields(target) ? target : {};
  return { ...readable(fields), host: typeof host === "string" ? host : "" };
}
