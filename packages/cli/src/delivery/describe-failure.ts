import { type ErrorReport } from "@clawmetry/siem-exporter";
import { describeTarget } from "../config/describe-target.ts";
import { type NamedConfig } from "../config/read-siem-config.ts";
import { type DeliveryReport } from "./start-delivery.ts";

const EVERY_TLS_SETTING = /\btls\.[a-z][A-Za-z0-9]+/g;
const NO_HANDSHAKE = /closed the connection before it was ready|\(ECONNRESET\)/;

/**
 * Why a delivery was given up after `giveUpMs` without progress, or else the last thing that went wrong on its way. Undefined
 * when nothing did. Names settings as they were given.
 */
export function describeFailure(report: DeliveryReport, named: NamedConfig, giveUpMs: number): string | undefined {
  const { lastError } = report.stats;
  const reason = lastError === undefined ? undefined : describeError(lastError, named);
  const hint = hintFor(report, named);
  if (!report.gaveUp) return reason === undefined ? undefined : `${reason}${hint}`;
  const silence = report.stats.sent === 0 ? "no answer yet" : "it takes no more";
  return `gave up: nothing was sent to ${describeTarget(named.config)} for ${giveUpMs / 1000} s; ${reason ?? silence}${hint}`;
}

function describeError({ code, message }: ErrorReport, { nameOf }: NamedConfig): string {
  return `last error (${code}): ${message.replace(EVERY_TLS_SETTING, nameOf)}`;
}

// Two mistakes look like a broken network: TLS to a port that does not speak it, and none to one that does.
function hintFor({ stats: { sent, lastError } }: DeliveryReport, { config, nameOf }: NamedConfig): string {
  const { protocol } = config;
  if (sent > 0) return "";
  if (protocol === "tcp-tls") {
    const silent = lastError === undefined || lastError.code === "timeout" || NO_HANDSHAKE.test(lastError.message);
    return silent ? "; the port may not speak TLS" : "";
  }
  const cut = protocol === "tcp" && lastError?.code === "io";
  return cut ? `; the port may want TLS (${nameOf("protocol")} tcp-tls)` : "";
}
