import { expect, test } from "vitest";
import { formatTable } from "./format-table.mjs";

test("a row becomes a line, numbers to the right", () => {
  const row = { fault: "kill -9", receiver: "rsyslog", transport: "tcp", accepted: 1000, lost: 0, duplicates: 12 };
  expect(formatTable([{ ...row, told: 3 }])).toBe(
    [
      "| fault   | receiver | transport | accepted | lost | duplicates | told |",
      "| ------- | -------- | --------- | -------: | ---: | ---------: | ---: |",
      "| kill -9 | rsyslog  | tcp       |     1000 |    0 |         12 |    3 |",
    ].join("\n"),
  );
});

test("without rows there is the head alone", () => {
  expect(formatTable([]).split("\n")).toHaveLength(2);
});
