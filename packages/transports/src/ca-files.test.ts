import { Dirent } from "node:fs";
import { expect, test } from "vitest";
import { createCaFolder } from "./ca-files.ts";

/** An entry that is a file. */
function entry(name: string): Dirent {
  return Object.assign(Object.create(Dirent.prototype) as Dirent, { name, isFile: () => true });
}

test("10,000 entries fit into a folder, and one more is a fault", () => {
  const folder = createCaFolder();
  for (let index = 1; index <= 10_000; index++) expect(folder.addEntry(entry(`.${index}`))).toBe(true);
  expect(folder.result()).toEqual({ fault: "is a folder in which no file holds a PEM certificate" });
  expect(folder.addEntry(entry("one-more"))).toBe(false);
  expect(folder.result()).toEqual({ fault: "is a folder of more than 10000 entries" });
});

test("64 MiB fit into a folder, and one more character is a fault", () => {
  const folder = createCaFolder();
  const text = "x".repeat(4 * 1024 * 1024);
  for (let index = 0; index < 16; index++) expect(folder.addText(text)).toBe(true);
  expect(folder.addText("x")).toBe(false);
  expect(folder.result()).toEqual({ fault: "is a folder of more than 64 MiB" });
});
