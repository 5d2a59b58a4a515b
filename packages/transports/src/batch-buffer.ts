import { frameBatch, maxFramedBytes } from "@clawmetry/siem-syslog";
import { type StreamFraming } from "./stream-options.ts";

const encoder = new TextEncoder();
const KEPT_BYTES = 1_048_576; // a rare larger batch gets a buffer of its own, so that it costs no memory later

/** One buffer for one batch after another. */
export interface BatchBuffer {
  /** The frames of the batch. They are overwritten by the next call. */
  readonly fill: (messages: readonly string[]) => Uint8Array;
  /** Gives the present bytes away: a socket may still hold them. */
  readonly abandon: () => void;
}

/** Frames batches into memory that is used again, up to 1 MiB. */
export function createBatchBuffer(framing: StreamFraming): BatchBuffer {
  let kept = Buffer.alloc(0);
  return {
    fill: (messages) => {
      const bytes = maxFramedBytes(messages);
      if (bytes > kept.length && bytes <= KEPT_BYTES) kept = Buffer.allocUnsafeSlow(Math.min(2 * bytes, KEPT_BYTES));
      return frameBatch(messages, framing, kept, writeUtf8);
    },
    abandon: () => {
      kept = Buffer.alloc(0);
    },
  };
}

function writeUtf8(text: string, into: Uint8Array, offset: number): number {
  return into instanceof Buffer ? into.write(text, offset) : encoder.encodeInto(text, into.subarray(offset)).written;
}
