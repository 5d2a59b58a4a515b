import { expect, test } from "vitest";
import { toMarkdown } from "./report.ts";

test("a report becomes a table, with as many digits as say something", () => {
  const report = {
    title: "Speed",
    about: "Medians of 5 rounds.",
    columns: ["sender", "events/s", "µs/event", "ratio", "note"],
    rows: [
      ["one", 123_456.7, 12.345, 1.234, "fast"],
      ["other", 1000, null, 2, ""],
    ] as const,
  };
  expect(toMarkdown(report)).toBe(
    [
      "### Speed",
      "",
      "Medians of 5 rounds.",
      "",
      "| sender | events/s | µs/event | ratio | note |",
      "| --- | ---: | ---: | ---: | ---: |",
      "| one | 123,457 | 12.3 | 1.23 | fast |",
      "| other | 1,000 | – | 2 |  |",
      "",
    ].join("\n"),
  );
});
