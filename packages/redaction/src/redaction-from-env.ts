import type { RedactionOptions } from "./redaction-options.ts";

const OFF = new Set(["0", "false", "no", "off"]);

/**
 * The options that the environment asks for: `CLAWMETRY_REDACT=0` turns everything off, `CLAWMETRY_REDACT_PII=0` personal
 * data alone (also `false`, `no`, `off`, in any case). Any other value leaves redaction on.
 */
export function redactionFromEnv(env: Readonly<Record<string, string | undefined>>): RedactionOptions {
  const secrets = !isOff(env["CLAWMETRY_REDACT"]);
  return { secrets, personalData: secrets && !isOff(env["CLAWMETRY_REDACT_PII"]) };
}

function isOff(value: string | undefined): boolean {
  return value !== undefined && OFF.has(value.trim().toLowerCase());
}
