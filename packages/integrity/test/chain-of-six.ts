import { type StampedEvent } from "../src/stamp-event.ts";
import { stampEvents } from "../src/stamp-events.ts";

type Six = readonly [StampedEvent, StampedEvent, StampedEvent, StampedEvent, StampedEvent, StampedEvent];

/** Events e1 to e6 of node `n`, in the chain. */
export function chainOfSix(): Six {
  const ids = ["e1", "e2", "e3", "e4", "e5", "e6"];
  const events = ids.map((id) => ({ id, node_id: "n", event_type: "tool.call", ts: 1, data: { id } }));
  return stampEvents(events).events as unknown as Six;
}
