import { createByteCollector } from "./byte-collector.ts";

/** Where and why a byte stream is not made of frames. */
export interface FramingFault {
  readonly position: number;
  readonly reason: string;
}

/** The state of one byte stream between its chunks. Of no use any more once it has given a fault. */
export interface FrameScanner {
  /** Puts the frames that the chunk completes into `frames`. */
  readonly scan: (chunk: Uint8Array, frames: Uint8Array[]) => FramingFault | undefined;
  /** Puts the frame that the end of the stream completes into `frames`. */
  readonly finish: (frames: Uint8Array[]) => FramingFault | undefined;
}

const LF = 0x0a;
const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;
const NOTHING: Uint8Array = new Uint8Array(0);

/** Starts at the first byte of a stream, and counts positions from it. */
export function createFrameScanner(maxFrameBytes: number): FrameScanner {
  const collector = createByteCollector(maxFrameBytes);
  const tooLong = `a frame must not be longer than ${maxFrameBytes} bytes`;
  let state: "start" | "count" | "octets" | "line" = "start";
  let position = 0;
  let count = 0;

  function fault(offset: number, reason: string): FramingFault {
    return { position: position + offset, reason };
  }

  // Each step reads on from `offset` in one state, and gives the offset after what it took or the fault.
  function start(byte: number, offset: number): number | FramingFault {
    if (byte === LF) return offset + 1;
    if (byte === ZERO) return fault(offset, "the count of a frame must not begin with 0");
    state = byte > ZERO && byte <= NINE ? "count" : "line";
    count = 0;
    return offset;
  }

  function readCount(byte: number, offset: number): number | FramingFault {
    if (byte === SPACE) state = "octets";
    else if (byte >= ZERO && byte <= NINE) count = count * 10 + byte - ZERO;
    else return fault(offset, "the count of a frame must be digits and a space");
    return count > maxFrameBytes ? fault(offset, tooLong) : offset + 1;
  }

  function readOctets(chunk: Uint8Array, offset: number, frames: Uint8Array[]): number {
    const piece = chunk.subarray(offset, offset + count - collector.size());
    if (collector.size() + piece.length === count) complete(piece, frames);
    else collector.add(piece);
    return offset + piece.length;
  }

  function readLine(chunk: Uint8Array, offset: number, frames: Uint8Array[]): number | FramingFault {
    const end = chunk.indexOf(LF, offset);
    const piece = chunk.subarray(offset, end === -1 ? chunk.length : end);
    const room = maxFrameBytes - collector.size();
    if (piece.length > room) return fault(offset + room, tooLong);
    if (end === -1) collector.add(piece);
    else complete(piece, frames);
    return offset + piece.length + (end === -1 ? 0 : 1);
  }

  function complete(piece: Uint8Array, frames: Uint8Array[]): void {
    frames.push(collector.takeWith(piece));
    state = "start";
  }

  function step(chunk: Uint8Array, offset: number, frames: Uint8Array[]): number | FramingFault {
    const byte = chunk[offset] ?? LF;
    if (state === "start") return start(byte, offset);
    if (state === "count") return readCount(byte, offset);
    return state === "octets" ? readOctets(chunk, offset, frames) : readLine(chunk, offset, frames);
  }

  return {
    scan(chunk, frames) {
      for (let offset = 0; offset < chunk.length; ) {
        const next = step(chunk, offset, frames);
        if (typeof next !== "number") return next;
        offset = next;
      }
      position += chunk.length;
      return undefined;
    },
    finish(frames) {
      if (state === "count" || state === "octets") return { position, reason: "the stream ended within a frame" };
      if (state === "line") complete(NOTHING, frames);
      position = 0;
      return undefined;
    },
  };
}
