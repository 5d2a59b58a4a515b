import { type TransportError } from "@clawmetry/siem-core";
import { type Endpoint } from "../endpoint.ts";
import { printableAscii } from "../printable-ascii.ts";
import { readAnswerCode, readOffers } from "./read-answer.ts";
import { openingFailure } from "./relp-failure.ts";

/** What we offer with `open`, one to a line: the only version there is, and the only command that we use. */
export const OFFERS = "relp_version=0\nrelp_software=clawmetry-siem\ncommands=syslog";

/** Judges the answer to our offers. Gives what is wrong with it, or nothing. A version that the server does not name is ours. */
export function judgeOffers(endpoint: Endpoint, data: Uint8Array): TransportError | undefined {
  const { status, values } = readOffers(data);
  const refuse = (reason: string): TransportError => openingFailure(endpoint, "refused", reason);
  if (readAnswerCode(data) !== 200) return refuse(`the server says "${printableAscii(status, 80)}"`);
  const version = values.get("relp_version") ?? "0";
  if (version !== "0") return refuse(`the server speaks version ${printableAscii(version, 20)}, and we speak 0`);
  const commands = (values.get("commands") ?? "").split(",");
  if (!commands.some((command) => command.trim() === "syslog")) {
    return refuse("the server does not take the command syslog");
  }
  return undefined;
}
