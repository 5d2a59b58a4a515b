import { isDeepStrictEqual } from "node:util";
import { formatCef, parseCef } from "@clawmetry/siem-cef";
import { type AgentEvent } from "@clawmetry/siem-events";
import { hostileEvents } from "@clawmetry/siem-testkit";
import { lognormalize, normalizedForm } from "@clawmetry/siem-testkit/receivers";
import { expect, test } from "vitest";

const COUNT = 20_000;
const nowMs = 1767323045678;

const events: readonly AgentEvent[] = hostileEvents(COUNT);

test("liblognorm accepts every hostile event, and finds the keys and values that parseCef finds", async () => {
  const lines = events.map((event) => formatCef(event, { nowMs, content: "all", maxBytes: 8000 }));
  const readings = await lognormalize(lines);
  expect(readings).toHaveLength(COUNT);
  const different = lines
    .map((line, index) => ({ line, reading: readings[index], expected: normalizedForm(parseCef(line)) }))
    .filter(({ reading, expected }) => !isDeepStrictEqual(reading, expected));
  expect(different.slice(0, 3)).toEqual([]);
});
