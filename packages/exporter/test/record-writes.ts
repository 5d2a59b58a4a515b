import { type Transport } from "@clawmetry/siem-core";

const SEQUENCE = /ClawmetrySeq=(\d+) ClawmetryBoot=/;

/** A transport that remembers when each message was last given to it. */
export interface RecordedTransport {
  readonly transport: Transport;
  /** When a sequence number was last written or begun to be, by `performance.now()`. */
  readonly writtenMs: (number: number) => number | undefined;
}

/** Notes every send of `transport`, and changes nothing. */
export function recordWrites(transport: Transport): RecordedTransport {
  const written = new Map<number, number>();
  const send: Transport["send"] = async (messages, signal) => {
    try {
      await transport.send(messages, signal);
    } finally {
      const nowMs = performance.now();
      for (const message of messages) written.set(Number(SEQUENCE.exec(message)?.[1]), nowMs);
    }
  };
  // Everything else is that of `transport`, whatever it is at the time.
  const recorded = Object.assign(Object.create(transport) as Transport, { send });
  return { transport: recorded, writtenMs: (number) => written.get(number) };
}
