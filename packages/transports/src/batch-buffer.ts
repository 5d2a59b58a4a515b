import { frameBatch } from "@clawmetry/siem-syslog";
import { type StreamFraming } from "./stream-options.ts";

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
  let kept: Uint8Array = new Uint8Array(0);
  return {
    fill: (messages) => {
      const bytes = frameBatch(messages, framing, kept);
      if (bytes.length > kept.length && bytes.length <= KEPT_BYTES) kept = bytes;
      return bytes;
    },
    abandon: () => {
      kept = new Uint8Array(0);
    },
  };
}
