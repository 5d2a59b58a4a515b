import { createByteCollector } from "./byte-collector.ts";
import { MAX_RELP_DATA_BYTES, type RelpFrame } from "./relp-frame.ts";
import { RelpSyntaxError } from "./relp-syntax-error.ts";

/** Options of `createRelpParser`. */
export interface RelpParserOptions {
  /** Most data of one frame, in bytes: a whole number from 1 to 999 999 999. Default 1 048 576. */
  readonly maxDataBytes?: number;
}

/** Takes a byte stream apart into RELP frames. */
export interface RelpParser {
  /** The frames that these bytes complete, each with a buffer of its own. */
  readonly push: (chunk: Uint8Array) => RelpFrame[];
}

const [LF, SPACE, ZERO, NINE] = [0x0a, 0x20, 0x30, 0x39];
const MOST_DIGITS = 9;
const MOST_LETTERS = 32;
const NOTHING: Uint8Array = new Uint8Array(0);

type State = "transaction" | "command" | "length" | "data" | "end";

/**
 * Reads the frames of RELP, in either direction and in chunks that may be cut anywhere. A frame without data may have a space
 * before its line feed.
 *
 * `push` throws `RelpSyntaxError` for anything that is no frame, and for data above `maxDataBytes`. `frames` of the error has
 * what was complete before. From then on, every call throws it again, without frames: nobody knows where the next frame begins.
 *
 * Memory grows with the bytes that have arrived, not with what a length promises: between two calls at most `maxDataBytes` are
 * held, and none of the chunks. Throws `RangeError` when `maxDataBytes` cannot be a limit.
 */
export function createRelpParser({ maxDataBytes = 1_048_576 }: RelpParserOptions = {}): RelpParser {
  if (!Number.isSafeInteger(maxDataBytes) || maxDataBytes < 1 || maxDataBytes > MAX_RELP_DATA_BYTES) {
    throw new RangeError(`maxDataBytes must be a whole number from 1 to ${MAX_RELP_DATA_BYTES}`);
  }
  const collector = createByteCollector(maxDataBytes);
  let state: State = "transaction";
  let position = 0;
  let digits = 0;
  let number = 0;
  let transaction = 0;
  let command = "";
  let length = 0;
  let data = NOTHING;
  let fault: { readonly position: number; readonly reason: string } | undefined;

  // Each step takes one byte and gives what is wrong with it, or nothing.
  function readNumber(byte: number): boolean {
    if (byte < ZERO || byte > NINE || digits === MOST_DIGITS) return false;
    digits += 1;
    number = number * 10 + byte - ZERO;
    return true;
  }
  function takeNumber(next: State): number {
    const taken = number;
    number = digits = 0;
    state = next;
    return taken;
  }
  function readTransaction(byte: number): string | undefined {
    if (readNumber(byte)) return undefined;
    if (byte !== SPACE || digits === 0) return "a transaction number must be 1 to 9 digits and a space";
    transaction = takeNumber("command");
    command = "";
    return undefined;
  }
  function readCommand(byte: number): string | undefined {
    if (isLetter(byte) && command.length < MOST_LETTERS) {
      command += String.fromCharCode(byte);
    } else if (byte === SPACE && command !== "") {
      state = "length";
    } else {
      return "a command must be 1 to 32 letters and a space";
    }
    return undefined;
  }
  function readLength(byte: number): string | undefined {
    if (readNumber(byte))
      return number > maxDataBytes ? `data must not be longer than ${maxDataBytes} bytes` : undefined;
    const ended = byte === SPACE || (byte === LF && number === 0);
    if (!ended || digits === 0) return "a data length must be 1 to 9 digits, and a space before the data";
    length = takeNumber(byte === LF ? "end" : "data");
    if (length === 0) state = "end";
    return undefined;
  }
  function readData(chunk: Uint8Array, offset: number): number {
    const piece = chunk.subarray(offset, offset + length - collector.size());
    if (collector.size() + piece.length === length) {
      data = collector.takeWith(piece);
      state = "end";
    } else {
      collector.add(piece);
    }
    return offset + piece.length;
  }
  function readEnd(byte: number, frames: RelpFrame[]): string | undefined {
    if (byte !== LF) return "a frame must end with a line feed after its data";
    frames.push({ transaction, command, data });
    data = NOTHING;
    state = "transaction";
    return undefined;
  }
  function readByte(byte: number, frames: RelpFrame[]): string | undefined {
    if (state === "transaction") return readTransaction(byte);
    if (state === "command") return readCommand(byte);
    if (state === "length") {
      const reason = readLength(byte);
      return reason ?? (byte === LF ? readEnd(byte, frames) : undefined);
    }
    return readEnd(byte, frames);
  }

  function scan(chunk: Uint8Array, frames: RelpFrame[]): void {
    for (let offset = 0; offset < chunk.length; ) {
      if (state === "data") {
        offset = readData(chunk, offset);
        continue;
      }
      const reason = readByte(chunk[offset] ?? LF, frames);
      if (reason !== undefined) {
        fault = { position: position + offset, reason };
        return;
      }
      offset += 1;
    }
    position += chunk.length;
  }

  return {
    push: (chunk) => {
      const frames: RelpFrame[] = [];
      if (fault === undefined) scan(chunk, frames);
      if (fault !== undefined) throw new RelpSyntaxError(fault.position, fault.reason, frames);
      return frames;
    },
  };
}

function isLetter(byte: number): boolean {
  const lowerCase = byte | 0x20;
  return lowerCase >= 0x61 && lowerCase <= 0x7a;
}
