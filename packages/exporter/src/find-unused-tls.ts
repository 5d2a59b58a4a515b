import { type ConfigProblem } from "./config-error.ts";
import { type ListedTarget } from "./list-targets.ts";
import { type NameSetting } from "./name-settings.ts";
import { protocolFacts } from "./protocol-facts.ts";
import { type ParsedSiemConfig } from "./siem-config-schema.ts";

/**
 * Finds settings of TLS beside `targets` of which none speaks TLS: whoever asked for it must not get clear text because every
 * target names a protocol of its own.
 */
export function findUnusedTls(
  { protocol, tls = {}, targets: listed }: Omit<ParsedSiemConfig, "mode">,
  targets: readonly ListedTarget[],
  nameOf: NameSetting,
): readonly ConfigProblem[] {
  if (listed === undefined || targets.some(({ settings }) => speaksTls(settings.protocol))) return [];
  const paths = [...(speaksTls(protocol) ? ["protocol"] : []), ...Object.keys(tls).map((key) => `tls.${key}`)];
  return paths.map((path) => {
    const setting = nameOf(path);
    return { setting, message: `${setting} asks for TLS, and each of the targets names a protocol without it` };
  });
}

function speaksTls(protocol: ParsedSiemConfig["protocol"]): boolean {
  return protocol !== undefined && protocolFacts(protocol).tls;
}
