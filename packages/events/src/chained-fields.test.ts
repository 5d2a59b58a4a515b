import { expect, test } from "vitest";
import { chainedText, isHeld } from "./chained-fields.ts";

test.each([
  [{ id: "e1" }, "id", "e1", true],
  [{ id: "e1" }, "id", "e2", false],
  [{ id: 5 }, "id", "5", false],
  [{ id: "" }, "id", undefined, false],
  [{}, "id", undefined, false],
  [{}, "session_id", undefined, false],
  [{ session_id: null }, "session_id", undefined, true],
  [{ workspace_id: null }, "workspace_id", undefined, true],
  [{ node_id: null }, "node_id", undefined, false],
  [{ ts: 1795403045.678 }, "ts", "1795403045.678", true],
] as const)("%j: whether %s shown as %s is held", (event, field, shown, held) => {
  expect(isHeld(event, field, shown)).toBe(held);
});

test("only what can be shown has a text", () => {
  expect(chainedText({ id: 5 }, "id")).toBe("5");
  expect(chainedText({ id: { a: 1 } }, "id")).toBeUndefined();
  expect(chainedText({ ts: "rubbish" }, "ts")).toBe("rubbish");
});
