import { type RelpFrame } from "./relp-frame.ts";

/** A byte stream is not made of RELP frames. Message and enumerable fields hold no byte of it. */
export class RelpSyntaxError extends Error {
  override readonly name = "RelpSyntaxError";
  /** Where reading stopped: the offset of the byte in the stream, from 0. */
  readonly position: number;
  /** What RELP asks for there. */
  readonly reason: string;
  readonly #frames: readonly RelpFrame[];

  constructor(position: number, reason: string, frames: readonly RelpFrame[] = []) {
    super(`${reason} (byte ${position})`);
    this.position = position;
    this.reason = reason;
    this.#frames = frames;
  }

  /** The whole frames of the same `push` before the fault. Not enumerable: whoever logs the error logs no event. */
  get frames(): readonly RelpFrame[] {
    return this.#frames;
  }
}
