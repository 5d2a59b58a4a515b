/** A byte stream is not made of syslog frames. Message and enumerable fields hold no byte of it. */
export class FramingSyntaxError extends Error {
  override readonly name = "FramingSyntaxError";
  /** Where reading stopped: the offset of the byte in the stream, from 0. */
  readonly position: number;
  /** What framing asks for there. */
  readonly reason: string;
  readonly #frames: readonly Uint8Array[];

  constructor(position: number, reason: string, frames: readonly Uint8Array[] = []) {
    super(`${reason} (byte ${position})`);
    this.position = position;
    this.reason = reason;
    this.#frames = frames;
  }

  /** The whole frames of the same `push` before the fault. Not enumerable: whoever logs the error logs no event. */
  get frames(): readonly Uint8Array[] {
    return this.#frames;
  }
}
