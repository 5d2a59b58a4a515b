import { createFrameScanner, type FramingFault } from "./frame-scanner.ts";
import { FramingSyntaxError } from "./framing-syntax-error.ts";

export interface DeframerOptions {
  /** Longest frame, in bytes without its count or line feed. A whole number above 0. Default 1 048 576. */
  readonly maxFrameBytes?: number;
}

/** Takes a byte stream apart into messages. */
export interface Deframer {
  /** The messages that these bytes complete, each in a buffer of its own. */
  readonly push: (chunk: Uint8Array) => Uint8Array[];
  /** The last message, when the stream ends without its line feed. The next `push` begins a new stream. */
  readonly end: () => Uint8Array[];
}

/**
 * Reads both framings of RFC 6587, told apart for each frame by its first byte: a digit begins an octet-counted frame (§3.4.1),
 * anything else one that ends with a line feed (§3.4.2). The chunks may be cut anywhere. Empty frames give nothing, so a line
 * feed after an octet-counted frame is taken, as receivers do. A carriage return belongs to the message.
 *
 * `push` and `end` throw `FramingSyntaxError` for a count with a leading zero, without a space or above `maxFrameBytes`, for a
 * longer frame, and for a stream that ends within an octet-counted frame. `frames` of the error has what was complete before.
 * After a fault nobody knows where the next frame begins: from then on both throw it again, without frames.
 *
 * Memory grows with the bytes that have arrived, not with what a count promises: between two calls at most `maxFrameBytes`
 * are held, and none of the chunks.
 * Throws `RangeError` when `maxFrameBytes` is not a whole number above 0.
 */
export function createDeframer(options: DeframerOptions = {}): Deframer {
  const { maxFrameBytes = 1_048_576 } = options;
  if (!Number.isSafeInteger(maxFrameBytes) || maxFrameBytes < 1) {
    throw new RangeError("maxFrameBytes must be a whole number above 0");
  }
  const scanner = createFrameScanner(maxFrameBytes);
  let fault: FramingFault | undefined;

  function collect(scan: (frames: Uint8Array[]) => FramingFault | undefined): Uint8Array[] {
    const frames: Uint8Array[] = [];
    fault ??= scan(frames);
    if (fault !== undefined) throw new FramingSyntaxError(fault.position, fault.reason, frames);
    return frames;
  }

  return {
    push: (chunk) => collect((frames) => scanner.scan(chunk, frames)),
    end: () => collect((frames) => scanner.finish(frames)),
  };
}
