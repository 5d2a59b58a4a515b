import * as fs from "node:fs";
import { join } from "node:path";
import { message, offer, open, losses, segmentFiles, texts } from "./spool-setup.ts";
import { takeTexts } from "./spool-setup.ts";
import { recordBytes } from "../src/record.ts";

/** How many messages `leave` leaves. */
export const COUNT = 100;

/** What a process leaves that ends with `COUNT` messages in one file. */
export async function leave(folder: string): Promise<{ readonly path: string; readonly bytes: Buffer }> {
  const { spool } = open(folder, { limits: { maxEvents: 1 } });
  offer(spool, 0, COUNT);
  spool.release(spool.peek(1, Infinity).length);
  await spool.store.close();
  const [name = ""] = segmentFiles(folder);
  return { path: join(folder, name), bytes: fs.readFileSync(join(folder, name)) };
}

/** What the next process finds when the file holds `bytes`; it ends as if it had been killed. */
export async function find(
  folder: string,
  path: string,
  bytes: Uint8Array,
): Promise<{ readonly taken: readonly string[]; readonly lost: number }> {
  const state = fs.readFileSync(join(folder, "state.json"));
  fs.writeFileSync(path, bytes);
  const opened = open(folder, { sync: "never" });
  const taken = takeTexts(opened.spool);
  await opened.spool.store.close();
  fs.writeFileSync(join(folder, "state.json"), state);
  return { taken, lost: losses(opened).reduce((sum, { count }) => sum + count, 0) };
}

/** The byte at which each record ends. */
export function ends(): readonly number[] {
  let end = 0;
  return texts(1, COUNT).map((text) => (end += recordBytes(text, message(1).group)));
}
