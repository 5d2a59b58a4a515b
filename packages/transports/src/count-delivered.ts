import { frame } from "@clawmetry/siem-syslog";
import { type StreamFraming } from "./stream-options.ts";

/** How many messages from the start have their whole frame within the first `confirmedBytes` of the batch. */
export function countDelivered(messages: readonly string[], framing: StreamFraming, confirmedBytes: number): number {
  let end = 0;
  const cut = messages.findIndex((message) => {
    end += frame(message, framing).length;
    return end > confirmedBytes;
  });
  return cut === -1 ? messages.length : cut;
}
