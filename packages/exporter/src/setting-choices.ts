import { receiverNames } from "./receiver-presets.ts";

/** The names that a setting is chosen from, by its path; for `receiver`, they are those of the presets. */
export const settingChoices = {
  protocol: ["udp", "tcp", "tcp-tls", "tls", "relp", "relp-tls"],
  format: ["cef", "json"],
  syslog: ["rfc5424", "rfc3164", "none"],
  framing: ["newline", "octet-counting"],
  cefNewlines: ["escape", "space"],
  cefEquals: ["escape", "fullwidth"],
  content: ["none", "tools", "all"],
  jsonData: ["object", "string", "omit"],
  dropPolicy: ["least-severe", "newest", "oldest"],
  lifecycleEvents: ["off", "on"],
  spoolSync: ["always", "interval", "never"],
  mode: ["failover", "all"],
  "tls.minVersion": ["TLSv1.2", "TLSv1.3"],
} as const;

/** The name at `path` that differs from `text` in the case of letters at most. Any other text as it is. */
export function inKnownCase(path: string, text: string): string {
  const lowerCase = text.toLowerCase();
  return choicesOf(path).find((name) => name.toLowerCase() === lowerCase) ?? text;
}

function choicesOf(path: string): readonly string[] {
  if (path === "receiver") return receiverNames;
  return Object.entries(settingChoices).find(([known]) => known === path)?.[1] ?? [];
}
