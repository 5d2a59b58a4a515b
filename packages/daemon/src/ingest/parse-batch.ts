import { type CheckedEvent } from "./complete-event.ts";
import { checkEvent } from "./check-event.ts";
import { IngestError } from "./ingest-error.ts";

const MOST_EVENTS = 1000;

/**
 * Reads the body of a request: one event, or `{"events": […]}` with 1 to 1000 of them. Throws `IngestError`; the whole batch is
 * refused for one bad event.
 */
export function parseBatch(body: Uint8Array): readonly CheckedEvent[] {
  const value = parseJson(body);
  if (typeof value !== "object" || value === null || !("events" in value)) return [checkEvent(value, "the event")];
  const { events, ...others } = value;
  const [other] = Object.keys(others);
  if (other !== undefined) throw new IngestError("bad_request", "a batch must have no other key than events");
  if (!Array.isArray(events)) throw new IngestError("bad_request", "events must be an array");
  return checkBatch(events);
}

/** Checks the events of a batch, 1 to 1000 of them. Throws `IngestError` for the first that cannot be one. */
export function checkBatch(events: readonly unknown[]): readonly CheckedEvent[] {
  if (events.length === 0) throw new IngestError("bad_request", "a batch must have at least one event");
  if (events.length > MOST_EVENTS) {
    throw new IngestError("too_many_events", `a batch must have at most ${MOST_EVENTS} events, got ${events.length}`);
  }
  return events.map((event, index) => checkEvent(event, `events[${index}]`));
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    // What was thrown may show a part of the body.
    throw new IngestError("bad_request", "the body must be JSON in UTF-8");
  }
}
