/**
 * Why a store cannot be used. `missing`: there is no such file. `busy`: another process has it open. `invalid`: the file is no store
 * of this version. `io`: reading or writing failed.
 */
export type StoreErrorCode = "missing" | "busy" | "invalid" | "io";

/** The store cannot be opened, read or written. The message names the file and the cause, never what is stored. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
