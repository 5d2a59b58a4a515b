import { expect, test } from "vitest";
import { completeEvent } from "./complete-event.ts";

const defaults = { nodeId: "node-a", sessionId: "run-1", receivedMs: Date.UTC(2026, 10, 23, 1, 2, 3, 4) };

test("fills in what is missing", () => {
  const event = completeEvent({ event_type: "tool.call" }, defaults);
  expect(event).toEqual({
    event_type: "tool.call",
    id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/) as string,
    ts: "2026-11-23T01:02:03.004Z",
    node_id: "node-a",
    session_id: "run-1",
    workspace_id: null,
  });
  expect(completeEvent({ event_type: "tool.call" }, defaults).id).not.toBe(event.id);
});

test("changes nothing that the event says", () => {
  const event = { id: "e1", ts: 0, node_id: "n", session_id: "s", workspace_id: "w", event_type: "x", data: { a: 1 } };
  expect(completeEvent(event, defaults)).toEqual(event);
});

test("null and empty text are missing, and without a run there is no session", () => {
  const empty = { id: "", ts: "", node_id: "", session_id: "", workspace_id: "", event_type: "x" };
  expect(completeEvent(empty, { ...defaults, sessionId: undefined })).toMatchObject({
    ts: "2026-11-23T01:02:03.004Z",
    node_id: "node-a",
    session_id: null,
    workspace_id: null,
  });
  expect(completeEvent({ session_id: null, event_type: "x" }, defaults).session_id).toBe("run-1");
});
