import { type Duplex } from "node:stream";
import { createRelpParser, type RelpFrame, RelpSyntaxError } from "@clawmetry/siem-syslog";

/** Who hears what a server says. */
export interface RelpListener {
  readonly onFrame: (frame: RelpFrame) => void;
  /** What came after the last frame is no RELP. `heard`: the first bytes of the whole stream. */
  readonly onFault: (fault: RelpSyntaxError, heard: Uint8Array) => void;
}

/** Takes apart what a server says. */
export interface RelpReader {
  /** The next frames go to `listener`, from the one on that follows the present one. */
  readonly listen: (listener: RelpListener) => void;
}

// An answer is a line, or a few for the offers.
const MAX_DATA_BYTES = 65_536;
const HEARD_BYTES = 64;

/** Reads `stream` until it is destroyed or something else than RELP comes. What comes before `listen` is lost. */
export function createRelpReader(stream: Duplex): RelpReader {
  const parser = createRelpParser({ maxDataBytes: MAX_DATA_BYTES });
  let heard = Buffer.alloc(0);
  let listener: RelpListener | undefined;

  function tell(frames: readonly RelpFrame[]): void {
    for (const frame of frames) {
      if (!stream.destroyed) listener?.onFrame(frame);
    }
  }
  function read(chunk: Buffer): void {
    if (heard.length < HEARD_BYTES) heard = Buffer.concat([heard, chunk.subarray(0, HEARD_BYTES - heard.length)]);
    try {
      tell(parser.push(chunk));
    } catch (error) {
      if (!(error instanceof RelpSyntaxError)) throw error;
      stream.off("data", read).resume(); // the end of a connection is noticed only by reading
      tell(error.frames);
      if (!stream.destroyed) listener?.onFault(error, heard);
    }
  }
  stream.on("data", read);

  return {
    listen: (next) => {
      listener = next;
    },
  };
}
