import { type Socket } from "node:net";
import { type TransportError } from "@clawmetry/siem-core";
import { formatRelpFrame, type RelpFrame } from "@clawmetry/siem-syslog";
import { startDeadline } from "../deadline.ts";
import { abortedFailure } from "../send-failure.ts";
import { judgeOffers, OFFERS } from "./judge-offers.ts";
import { notRelpFailure, openingFailure } from "./relp-failure.ts";
import { type RelpSettings } from "./relp-options.ts";
import { createRelpReader } from "./relp-reader.ts";
import { createRelpSession, type RelpSession } from "./relp-session.ts";

const OPEN_TRANSACTION = 1;

/** What a session is opened with. */
export interface RelpOpening {
  readonly settings: RelpSettings;
  readonly signal: AbortSignal;
  /** Makes the failure of a connection that ends instead of an answer, by an error of the socket or without one. */
  readonly toFailure: (cause?: unknown) => TransportError;
}

/** Makes our offers and waits for the answer. Rejects with `TransportError`, and then destroys the socket. */
export async function openRelpSession(socket: Socket, opening: RelpOpening): Promise<RelpSession> {
  socket.ref(); // as a connect, it keeps the process alive within its limits
  try {
    return await offer(socket, opening);
  } catch (failure) {
    socket.destroy();
    throw failure;
  } finally {
    socket.unref();
  }
}

function offer(socket: Socket, { settings, signal, toFailure }: RelpOpening): Promise<RelpSession> {
  const { endpoint, window, openTimeoutMs } = settings;
  const reader = createRelpReader(socket);
  return new Promise((resolve, reject) => {
    const deadline = startDeadline(openTimeoutMs, signal, (reason) => {
      fail(reason === "aborted" ? abortedFailure(endpoint) : silentFailure(settings));
    });
    const broken = (cause?: Error): void => {
      fail(toFailure(cause));
    };
    const ended = (): void => {
      fail(toFailure());
    };
    function release(): void {
      deadline.clear();
      socket.off("error", broken).off("end", ended).off("close", ended);
    }
    function fail(failure: TransportError): void {
      release();
      reject(failure);
    }
    function answered({ transaction, command, data }: RelpFrame): void {
      const failure = judgeAnswer({ transaction, command, data }, settings);
      if (failure !== undefined) {
        fail(failure);
        return;
      }
      release();
      resolve(createRelpSession({ endpoint, window, stream: socket, reader })); // what follows in the same chunk is for it
    }
    socket.once("error", broken).once("end", ended).once("close", ended);
    reader.listen({
      onFrame: answered,
      onFault: (fault, heard) => {
        fail(notRelpFailure(endpoint, heard, fault));
      },
    });
    socket.write(formatRelpFrame({ transaction: OPEN_TRANSACTION, command: "open", text: OFFERS }));
  });
}

function judgeAnswer(
  { transaction, command, data }: RelpFrame,
  { endpoint }: RelpSettings,
): TransportError | undefined {
  if (command === "serverclose") return openingFailure(endpoint, "refused", "the server closed it at once");
  if (command === "rsp" && transaction === OPEN_TRANSACTION) return judgeOffers(endpoint, data);
  return openingFailure(endpoint, "connect", "the server sent something else than an answer to open");
}

function silentFailure({ endpoint, openTimeoutMs }: RelpSettings): TransportError {
  const reason = `no answer in ${openTimeoutMs} ms; the port may not speak RELP, or want relp-tls`;
  return openingFailure(endpoint, "timeout", reason);
}
