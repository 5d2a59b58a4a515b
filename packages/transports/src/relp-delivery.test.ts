import { createExporter } from "@clawmetry/siem-core";
import { captureRelp, PROPERTY_SEED, type RelpRequest } from "@clawmetry/siem-testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { relpTransport } from "./relp.ts";

/** What the server does with a message. `hold`: it answers with the next one, before or after that. */
type Deed =
  | "answer"
  | "twice"
  | "refuse"
  | "hold"
  | "hold, then out of order"
  | "cut"
  | "end"
  | "serverclose"
  | "garbage";

const ENDS: readonly Deed[] = ["cut", "end", "serverclose", "garbage"];

/** Does to each message what comes next, and acknowledges when nothing more is to come. Gives the texts that it refused. */
function doTo(deeds: readonly Deed[]): {
  readonly onMessage: (request: RelpRequest) => void;
  readonly refused: Set<string>;
} {
  const undone = [...deeds];
  const refused = new Set<string>();
  const held = new Map<number, RelpRequest[]>();

  function answerWithHeld(request: RelpRequest, text: string): void {
    const before = held.get(request.connection) ?? [];
    held.delete(request.connection);
    for (const { answer } of before) answer();
    request.answer(text);
  }
  return {
    refused,
    onMessage: (request) => {
      const deed = undone.shift() ?? "answer";
      const { socket, text, connection, answer } = request;
      if (deed === "hold") held.set(connection, [...(held.get(connection) ?? []), request]);
      else if (deed === "hold, then out of order") {
        held.set(connection, [...(held.get(connection) ?? []), request].toReversed());
      } else if (deed === "cut") socket.destroy();
      else if (deed === "end") socket.end();
      else if (deed === "serverclose") socket.end("0 serverclose 0\n");
      else if (deed === "garbage") socket.write("?");
      else {
        if (deed === "refuse") refused.add(text);
        answerWithHeld(request, deed === "refuse" ? "500 no" : "200 OK");
        if (deed === "twice") answer();
      }
    },
  };
}

const deed = fc.constantFrom<Deed>(
  "answer",
  "answer",
  "answer",
  "twice",
  "refuse",
  "hold",
  "hold, then out of order",
  ...ENDS,
);

test("whatever a server does: every event is acknowledged or refused, in order, and only a break has some sent again", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { maxLength: 30 }),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 20 }),
      async (deeds, window, maxBatchEvents) => {
        const { onMessage, refused } = doTo(deeds);
        const capture = await captureRelp({ onMessage });
        const exporter = createExporter<string>({
          format: (text) => ({ text, severity: 6 }),
          // A window that is full of held messages is given up.
          transport: relpTransport({
            host: "127.0.0.1",
            port: capture.port,
            window,
            answerTimeoutMs: 20,
            closeTimeoutMs: 50,
          }),
          maxBatchEvents,
          replayWindowMs: 2000,
          retry: { initialDelayMs: 1, maxDelayMs: 2 },
        });
        const texts = Array.from({ length: 40 }, (_, index) => `<1>${index}`);
        texts.forEach(exporter.send);
        expect(await exporter.flush()).toBe(true);
        const { stats } = exporter;
        const connections = capture.sockets.length;
        await exporter.close();
        await capture.close();
        expect(stats).toMatchObject({ sent: 40 - stats.dropped.rejected, replayed: 0, confirmedSeq: 40 });
        expect(stats.dropped.rejected).toBeLessThanOrEqual(refused.size);
        expect([...new Set(capture.messages)]).toEqual(texts);
        expect(capture.messages.length - 40).toBeLessThanOrEqual((connections - 1) * window);
      },
    ),
    { seed: PROPERTY_SEED, numRuns: 60 },
  );
});
