import { type Duplex } from "node:stream";
import { formatRelpFrame, frameRelpBatch, maxRelpBytes, type RelpFrame } from "@clawmetry/siem-syslog";
import { type Endpoint } from "../endpoint.ts";
import { createReusedBuffer } from "../reused-buffer.ts";
import { writeUtf8 } from "../write-utf8.ts";
import { readAnswerCode } from "./read-answer.ts";
import { createRelpBatch, type RelpBatch } from "./relp-batch.ts";
import { sessionFailure } from "./relp-failure.ts";
import { type RelpReader } from "./relp-reader.ts";
import { createTransactions } from "./transactions.ts";

/** The messages of one send on their way over a session. */
export interface RelpTransfer extends Omit<RelpBatch, "take" | "answer"> {
  /** The code of the first refusal. */
  readonly refusalCode: number | undefined;
  /** The frames of the next messages, to be written at once. Undefined while they have to wait for answers. */
  readonly nextFrames: () => Uint8Array | undefined;
  /**
   * One byte of the next frame, of which the number is known already, to be written at once. Undefined when there is no more
   * than that to know.
   */
  readonly nextByte: () => Uint8Array | undefined;
  /** Resolves when a message is answered. Rejects when the session has ended. */
  readonly nextAnswer: () => Promise<void>;
}

/** An open session, from the answer to `open` to the end of the connection. */
export interface RelpSession {
  /** Begins a transfer, the next one when all of this one is answered or the session has ended. */
  readonly begin: (messages: readonly string[]) => RelpTransfer;
  /**
   * Says `close`, and resolves when the server has answered that, or ended the connection. Every call gives the first one's
   * promise, which never rejects.
   */
  readonly leave: () => Promise<void>;
}

/** What a session is made of. */
export interface RelpSessionParts {
  readonly endpoint: Endpoint;
  readonly window: number;
  /** Is destroyed with a `TransportError` when the server breaks a rule, or ends the session. */
  readonly stream: Duplex;
  readonly reader: RelpReader;
  /** The last transaction number that was used. Default 1, that of `open`. */
  readonly lastTransaction?: number;
}

const PIECE_CHARS = 65_536;

/** Listens to the server from now on. */
export function createRelpSession({
  endpoint,
  window,
  stream,
  reader,
  lastTransaction,
}: RelpSessionParts): RelpSession {
  const transactions = createTransactions(lastTransaction);
  const buffer = createReusedBuffer();
  let current: { readonly first: number; readonly batch: RelpBatch; refusalCode: number | undefined } | undefined;
  let waiting: { readonly resolve: () => void; readonly reject: (cause: unknown) => void } | undefined;
  let closing: { readonly transaction: number; readonly done: () => void } | undefined;
  let leaving: Promise<void> | undefined;
  // Bytes of the next frame that were written already.
  let ahead = 0;

  function withoutAhead(frames: Uint8Array): Uint8Array {
    const rest = frames.subarray(ahead);
    ahead = 0;
    return rest;
  }
  function fail(fault: string, cause?: unknown): void {
    stream.destroy(sessionFailure(endpoint, fault, cause));
  }
  function receive({ transaction, command, data }: RelpFrame): void {
    if (transaction === 0) {
      if (command === "serverclose") serverClosed();
    } else if (command !== "rsp") {
      fail("the server sent a command of its own");
    } else if (transaction === closing?.transaction) {
      closing.done();
    } else {
      answered(transaction, readAnswerCode(data));
    }
  }
  function serverClosed(): void {
    if (closing === undefined) fail("the server closed it");
    else closing.done();
  }
  function answered(transaction: number, code: number | undefined): void {
    // A second answer says nothing new. One to a message that was never sent shows that we talk at cross purposes.
    if (!transactions.isUsed(transaction)) {
      fail("the server answered a message that was not sent");
    } else if (code !== 200 && !(code !== undefined && code >= 500)) {
      fail("the server sent an answer with an unknown code");
    } else if (current?.batch.answer(transactions.distance(current.first, transaction), code === 200)) {
      if (code !== 200) current.refusalCode ??= code;
      waiting?.resolve();
      waiting = undefined;
    }
  }

  reader.listen({
    onFrame: receive,
    onFault: (cause) => {
      fail("what the server sent is not RELP", cause);
    },
  });
  stream.once("close", () => {
    closing?.done();
    waiting?.reject(stream.errored);
  });

  function begin(messages: readonly string[]): RelpTransfer {
    const batch = createRelpBatch(messages, window);
    const transfer = { first: transactions.next, batch, refusalCode: undefined };
    current = transfer;
    return {
      get complete() {
        return batch.complete;
      },
      get delivered() {
        return batch.delivered;
      },
      get refusalCode() {
        return transfer.refusalCode;
      },
      refused: batch.refused,
      nextFrames: () => {
        const texts = batch.take(PIECE_CHARS);
        if (texts.length === 0) return undefined;
        const into = buffer.take(maxRelpBytes(texts));
        return withoutAhead(frameRelpBatch(texts, transactions.use(texts.length), into, writeUtf8));
      },
      nextByte: () => {
        const head = `${transactions.next} `;
        return ahead < head.length ? Buffer.from(head.charAt(ahead++)) : undefined;
      },
      nextAnswer: () =>
        new Promise((resolve, reject) => {
          if (stream.destroyed) reject(stream.errored ?? new Error("the connection ended"));
          else waiting = { resolve, reject };
        }),
    };
  }

  function sayClose(): Promise<void> {
    return new Promise((resolve) => {
      closing = { transaction: transactions.use(1), done: resolve };
      if (stream.destroyed) resolve();
      else
        stream.write(withoutAhead(formatRelpFrame({ transaction: closing.transaction, command: "close", text: "" })));
    });
  }

  return { begin, leave: () => (leaving ??= sayClose()) };
}
