import { readFileSync } from "node:fs";

/** An event as a test has it: only its id is certain. */
export interface SampleEvent {
  readonly id: string;
  readonly [key: string]: unknown;
}

/** The 41 sample events of siem-events, in the shapes that runtimes really produce. */
export function sampleEvents(): readonly SampleEvent[] {
  const file = new URL("../../events/testdata/agent-events.ndjson", import.meta.url);
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as SampleEvent);
}
