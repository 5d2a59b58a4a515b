import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { recordFile } from "./record-file.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "siem-record-file-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const messages = (file: ReturnType<typeof recordFile>) => file.read().map(({ msg }) => msg);

test("a file that does not exist holds no records", () => {
  expect(recordFile(join(folder, "none")).read()).toEqual([]);
});

test("records are added as they are written, a line without its end when it has one", () => {
  const file = recordFile(join(folder, "records"));
  appendFileSync(file.path, '{"msg":"one"}\n{"msg":"gr');
  expect(messages(file)).toEqual(["one"]);
  appendFileSync(file.path, 'ün"}\n');
  expect(messages(file)).toEqual(["one", "grün"]);
});

test("a character that is written in two parts is whole", () => {
  const file = recordFile(join(folder, "records"));
  appendFileSync(file.path, Buffer.from('{"msg":"\xc3', "latin1"));
  expect(messages(file)).toEqual([]);
  appendFileSync(file.path, Buffer.from('\xbc"}\n', "latin1"));
  expect(messages(file)).toEqual(["ü"]);
});

test("what was read is kept when the file is gone", () => {
  const file = recordFile(join(folder, "records"));
  appendFileSync(file.path, '{"msg":"one"}\n');
  file.read();
  rmSync(file.path);
  expect(messages(file)).toEqual(["one"]);
});

test("a line without its end can be cut off, and the next one is read whole", () => {
  const file = recordFile(join(folder, "records"));
  appendFileSync(file.path, '{"msg":"one"}\n{"msg":"tw');
  expect(messages(file)).toEqual(["one"]);
  file.cutTornLine();
  appendFileSync(file.path, '{"msg":"three"}\n');
  expect(messages(file)).toEqual(["one", "three"]);
});
