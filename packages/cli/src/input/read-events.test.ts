import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { type InputItem, readEvents } from "./read-events.ts";
import { type ReadOptions } from "./read-lines.ts";

async function read(options: Partial<ReadOptions> & { readonly text?: string }): Promise<InputItem[]> {
  const { text = "", files = ["-"], stdin = Readable.from([Buffer.from(text)]), ...rest } = options;
  const items: InputItem[] = [];
  const { signal } = new AbortController();
  for await (const item of readEvents({ files, stdin, signal, ...rest })) items.push(item);
  return items;
}

async function temporaryFile(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "siem-cli-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "events.ndjson");
  await writeFile(file, text);
  return file;
}

test("every line is an event or a reason without content", async () => {
  const text = '\ufeff{"id":"a"}\r\n\n  \n{"secret": hunter2}\n[1]\n"text"\nnull\n{"id":"b"}';
  expect(await read({ text })).toEqual([
    { kind: "event", place: "-:1", event: { id: "a" } },
    { kind: "bad_line", place: "-:4", reason: "not JSON" },
    { kind: "bad_line", place: "-:5", reason: "not a JSON object" },
    { kind: "bad_line", place: "-:6", reason: "not a JSON object" },
    { kind: "bad_line", place: "-:7", reason: "not a JSON object" },
    { kind: "event", place: "-:8", event: { id: "b" } },
  ]);
});

test("a line over the limit is skipped and the next one is read", async () => {
  expect(await read({ text: `{"id":"${"x".repeat(100)}"}\n{"id":"b"}\n`, maxLineBytes: 50 })).toEqual([
    { kind: "bad_line", place: "-:1", reason: "longer than 50 bytes" },
    { kind: "event", place: "-:2", event: { id: "b" } },
  ]);
});

test("files are read one after the other, and one that cannot be read does not stop the next", async () => {
  const file = await temporaryFile('{"id":"a"}\n');
  const missing = `${file}.missing`;
  expect(await read({ files: [file, missing, "-"], text: '{"id":"b"}' })).toEqual([
    { kind: "event", place: `${file}:1`, event: { id: "a" } },
    { kind: "unreadable", place: missing, reason: "cannot be read (ENOENT)" },
    { kind: "event", place: "-:1", event: { id: "b" } },
  ]);
});

test("an input that says nothing ends with the signal", async () => {
  const stop = new AbortController();
  const stdin = new PassThrough();
  stdin.write('{"id":"a"}\n');
  const items: InputItem[] = [];
  for await (const item of readEvents({ files: ["-", "-"], stdin, signal: stop.signal })) {
    items.push(item);
    setImmediate(() => {
      stop.abort();
    });
  }
  expect(items).toEqual([{ kind: "event", place: "-:1", event: { id: "a" } }]);
  expect(stdin.destroyed).toBe(true);
});
