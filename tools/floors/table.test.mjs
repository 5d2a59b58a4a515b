import { expect, test } from "vitest";
import { FLOORS } from "./table.mjs";

test.each([...FLOORS])("%s imports from lower floors only", (_name, { floor, mayImport }) => {
  for (const other of mayImport) expect(FLOORS.get(other)?.floor).toBeLessThan(floor);
});

test("floors 0 to 2 have no runtime dependency outside this repository", () => {
  const low = [...FLOORS.values()].filter(({ floor }) => floor <= 2);
  expect(low.flatMap(({ outside }) => outside)).toEqual([]);
});

test("a package that runs in a browser imports only packages that do", () => {
  const browser = [...FLOORS.values()].filter((row) => row.browser);
  for (const other of browser.flatMap(({ mayImport }) => mayImport)) expect(FLOORS.get(other)?.browser).toBe(true);
});
