import { setImmediate } from "node:timers/promises";
import { Duplex } from "node:stream";
import { PROPERTY_SEED } from "@clawmetry/siem-testkit";
import { createRelpParser, formatRelpFrame } from "@clawmetry/siem-syslog";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createRelpReader } from "./relp-reader.ts";
import { createRelpSession, type RelpSession } from "./relp-session.ts";

const ENDPOINT = { host: "siem.example", port: 2514, label: "siem.example:2514" };
const LAST = 999_999_999;

/** What a server does next. */
type Move =
  | { readonly do: "answer"; readonly which: number; readonly code: "200 OK" | "500 no"; readonly twice: boolean }
  | { readonly do: "byte" }
  | { readonly do: "cut"; readonly size: number };

/** A message that the server has. */
interface Held {
  readonly transaction: number;
  readonly text: string;
}

/** A server in the hands of the test, on the other end of a session. */
interface Model {
  readonly session: RelpSession;
  readonly stream: Duplex;
  /** Takes what the client wrote. */
  readonly take: (bytes: Uint8Array | undefined) => void;
  /** Messages without an answer, in the order in which they came. */
  readonly held: Held[];
  readonly texts: readonly string[];
  readonly transactions: readonly number[];
  /** Sends answers, in chunks of `size` bytes. */
  readonly say: (frames: Uint8Array, size: number) => void;
}

function startModel(window: number, lastTransaction: number): Model {
  const stream = new Duplex({
    read: () => undefined,
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  stream.on("error", () => undefined);
  const session = createRelpSession({
    endpoint: ENDPOINT,
    window,
    stream,
    reader: createRelpReader(stream),
    lastTransaction,
  });
  const parser = createRelpParser();
  const held: Held[] = [];
  const texts: string[] = [];
  const transactions: number[] = [];
  return {
    session,
    stream,
    held,
    texts,
    transactions,
    take: (bytes) => {
      for (const { transaction, data } of bytes === undefined ? [] : parser.push(bytes)) {
        const text = Buffer.from(data).toString();
        held.push({ transaction, text });
        texts.push(text);
        transactions.push(transaction);
      }
      expect(held.length).toBeLessThanOrEqual(window);
    },
    say: (frames, size) => {
      for (let at = 0; at < frames.length; at += size) stream.emit("data", Buffer.from(frames.subarray(at, at + size)));
    },
  };
}

function answerTo({ transaction }: Held, text: string): Uint8Array {
  return formatRelpFrame({ transaction, command: "rsp", text });
}

const move = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("answer" as const),
      which: fc.nat(),
      code: fc.constantFrom("200 OK" as const, "200 OK" as const, "500 no" as const),
      twice: fc.boolean(),
    }),
  },
  fc.constant({ do: "byte" as const }),
  fc.record({ do: fc.constant("cut" as const), size: fc.integer({ min: 1, max: 20 }) }),
);

/** Answers every message of a transfer as the moves have it, and the last ones in order. Gives those refused. */
function play(model: Model, messages: readonly string[], moves: readonly Move[]): readonly string[] {
  const transfer = model.session.begin(messages);
  const answered = new Map<string, string>();
  const undone = [...moves];
  let size = 7;
  while (!transfer.complete) {
    for (let frames = transfer.nextFrames(); frames !== undefined; frames = transfer.nextFrames()) model.take(frames);
    const next: Move = undone.shift() ?? { do: "answer", which: 0, code: "200 OK", twice: false };
    if (next.do === "cut") size = next.size;
    if (next.do === "byte") model.take(transfer.nextByte());
    if (next.do !== "answer") continue;
    const [held] = model.held.splice(next.which % model.held.length, 1);
    if (held === undefined) throw new Error("nothing is under way, and the transfer is not complete");
    answered.set(held.text, next.code);
    model.say(Buffer.concat([answerTo(held, next.code), ...(next.twice ? [answerTo(held, "200 OK")] : [])]), size);
    const prefix = messages.findIndex((message) => !answered.has(message));
    expect(transfer.delivered).toBe(prefix === -1 ? messages.length : prefix);
  }
  const refused = messages.flatMap((message, place) => (answered.get(message) === "500 no" ? [place] : []));
  expect(transfer.refused()).toEqual(refused);
  return refused.map((place) => messages[place] ?? "");
}

test("whatever order the answers have, each message is sent once, and delivered is what was answered from the start", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom(1, 8, LAST - 5, LAST),
      fc.array(fc.record({ count: fc.integer({ min: 1, max: 12 }), moves: fc.array(move, { maxLength: 20 }) }), {
        minLength: 1,
        maxLength: 4,
      }),
      (window, lastTransaction, batches) => {
        const model = startModel(window, lastTransaction);
        const sent: string[] = [];
        for (const { count, moves } of batches) {
          const messages = Array.from({ length: count }, (_, index) => `<1>${sent.length + index} \u00fc`);
          play(model, messages, moves);
          sent.push(...messages);
        }
        expect(model.texts).toEqual(sent);
        expect(model.transactions).toEqual(sent.map((_, index) => ((lastTransaction + index) % LAST) + 1));
        expect(model.stream.destroyed).toBe(false);
      },
    ),
    { seed: PROPERTY_SEED, numRuns: 500 },
  );
});

test("whatever a server says, only an answer to a message under way counts, and anything wrong ends the session", () => {
  const words = fc.oneof(
    fc.record({
      transaction: fc.integer({ min: 0, max: 12 }),
      command: fc.constant("rsp"),
      text: fc.constantFrom("200 OK", "500 no", "", "302"),
    }),
    fc.record({
      transaction: fc.integer({ min: 0, max: 12 }),
      command: fc.constantFrom("serverclose", "syslog", "hint"),
      text: fc.constant(""),
    }),
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 15 }), fc.integer({ min: 1, max: 30 }), (said, size) => {
      const model = startModel(5, 1);
      const transfer = model.session.begin(["a", "b", "c", "d", "e"]);
      model.take(transfer.nextFrames());
      model.say(Buffer.concat(said.map((word) => formatRelpFrame(word))), size);
      // The session has used the numbers 1 to 6. What follows the first wrong word is not heard.
      const wrong = said.findIndex(({ transaction, command, text }) =>
        transaction === 0
          ? command === "serverclose"
          : command !== "rsp" || transaction > 6 || !(text === "200 OK" || text === "500 no"),
      );
      const heard = wrong === -1 ? said : said.slice(0, wrong);
      const answered = new Set(
        heard.filter(({ transaction }) => transaction >= 2).map(({ transaction }) => transaction),
      );
      const prefix = [2, 3, 4, 5, 6].findIndex((transaction) => !answered.has(transaction));
      expect(transfer.delivered).toBe(prefix === -1 ? 5 : prefix);
      expect(model.stream.destroyed).toBe(wrong !== -1);
      expect(model.stream.errored?.message ?? "").toMatch(
        wrong === -1 ? /^$/ : /^RELP session with siem.example:2514 ended: /,
      );
    }),
    { seed: PROPERTY_SEED, numRuns: 500 },
  );
});

test("a wait for an answer ends with the session, also with one that has ended", async () => {
  const model = startModel(1, 1);
  const transfer = model.session.begin(["a"]);
  const waiting = transfer.nextAnswer();
  model.say(Buffer.from("0 serverclose 0\n"), 100);
  await expect(waiting).rejects.toMatchObject({ name: "TransportError", code: "io" });
  await expect(transfer.nextAnswer()).rejects.toMatchObject({ name: "TransportError" });
});

test("the byte of a nudge is the start of the next frame, as far as that is known", () => {
  const model = startModel(5, 8);
  const transfer = model.session.begin(["a"]);
  const bytes = [1, 2, 3].map(() => transfer.nextByte());
  expect(bytes.map((byte) => byte && Buffer.from(byte).toString())).toEqual(["9", " ", undefined]);
  expect(Buffer.from(transfer.nextFrames() ?? []).toString()).toBe("syslog 1 a\n");
});

test("leaving goes on where a nudge ended, and ends with the answer, a serverclose or the connection", async () => {
  for (const end of ["10 rsp 0\n", "0 serverclose 0\n", undefined]) {
    const model = startModel(5, 8);
    const written: Buffer[] = [];
    model.stream._write = (chunk: Buffer, _encoding, done) => {
      written.push(chunk);
      done();
    };
    const transfer = model.session.begin(["a"]);
    transfer.nextFrames();
    transfer.nextByte();
    const left = model.session.leave();
    expect(model.session.leave()).toBe(left);
    expect(Buffer.concat(written).toString()).toBe("0 close 0\n");
    await setImmediate();
    if (end === undefined) model.stream.destroy();
    else model.say(Buffer.from(end), 100);
    await left;
    expect(model.stream.errored).toBeNull();
  }
});
