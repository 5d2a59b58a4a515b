/** Why a spool cannot be used. `locked`: another process uses its folder. `folder`: it is no folder that can be used. */
export type SpoolErrorCode = "locked" | "folder";

/** A folder cannot be used as a spool. The message names it. */
export class SpoolError extends Error {
  override readonly name = "SpoolError";
  readonly code: SpoolErrorCode;
  /** The process that uses the folder. */
  readonly pid: number | undefined;

  constructor(
    message: string,
    options: { readonly code: SpoolErrorCode; readonly pid?: number; readonly cause?: unknown },
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.pid = options.pid;
  }
}
