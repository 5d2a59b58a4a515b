/**
 * Why events were not taken. `bad_request`: not JSON of the right form. `bad_event`: one of them cannot be an event. `too_many_events`:
 * more than 1000 in a batch. `queue_full`: too many wait to be stored. `closed`: the daemon is shutting down. `store_failed`: they could
 * not be stored.
 */
export type IngestErrorCode =
  | "bad_request"
  | "bad_event"
  | "too_many_events"
  | "queue_full"
  | "closed"
  | "store_failed";

/** None of the events of a batch were taken. The message holds positions and names of fields, never what an event says. */
export class IngestError extends Error {
  override readonly name = "IngestError";
  readonly code: IngestErrorCode;

  constructor(code: IngestErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
