import { type Socket } from "node:net";
import { startDeadline } from "./deadline.ts";

/** How a wait for a socket ended without an error of the socket. */
export type SocketOutcome = "event" | "ended" | "limit" | "aborted";

/**
 * Waits for `event`, for the end of the connection, for `limitMs` milliseconds or for the signal, whichever comes first.
 * Without an event, only the other three can end it. Rejects with the error of the socket, and leaves it open.
 */
export function waitForSocket(
  socket: Socket,
  event: "connect" | "secureConnect" | "session" | undefined,
  limitMs: number,
  signal: AbortSignal,
): Promise<SocketOutcome> {
  if (signal.aborted) return Promise.resolve("aborted");
  return new Promise((resolve, reject) => {
    const deadline = startDeadline(limitMs, signal, finish);
    function finish(outcome: SocketOutcome): void {
      release();
      resolve(outcome);
    }
    const happened = (): void => {
      // What is written from inside this event never leaves Node.js 20 to 24, although it calls back.
      if (event === "session") setImmediate(finish, "event");
      else finish("event");
    };
    const ended = (): void => {
      finish("ended");
    };
    const failed = (error: Error): void => {
      release();
      reject(error);
    };
    function release(): void {
      deadline.clear();
      if (event !== undefined) socket.off(event, happened);
      socket.off("error", failed).off("end", ended).off("close", ended);
    }
    if (event !== undefined) socket.once(event, happened);
    socket.once("error", failed).once("end", ended).once("close", ended);
  });
}
