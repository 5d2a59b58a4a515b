import { type DropReason } from "./loss-window.ts";

/**
 * Why an event is not known to be safe. `dropped`: it was given up, for `reason`. `unknown`: it was given up for `reason`, or is still
 * to come: others around it were given up, and which is not written down. `timeout`: not yet, and it may become so later.
 * `closed`: the exporter was closed before. `store`: it waits in memory, and could not be written to disk.
 */
export type SendErrorCode = "dropped" | "unknown" | "timeout" | "closed" | "store";

/** An event that was given to `sendOrWait` is not known to be safe. The message holds nothing of it but its number. */
export class SendError extends Error {
  override readonly name = "SendError";
  readonly code: SendErrorCode;
  /** With `dropped` and `unknown` only. */
  readonly reason: DropReason | undefined;

  constructor(
    message: string,
    options: { readonly code: SendErrorCode; readonly reason?: DropReason | undefined; readonly cause?: unknown },
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.reason = options.reason;
  }
}
