import { type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { failureMessage } from "../failure-message.ts";
import { type IngestReport } from "../ingest/create-ingest.ts";
import { type CheckedEvent } from "../ingest/complete-event.ts";
import { IngestError, type IngestErrorCode } from "../ingest/ingest-error.ts";
import { parseBatch } from "../ingest/parse-batch.ts";
import { type ByteBudget } from "./create-byte-budget.ts";
import { createTokenGuard } from "./create-token-guard.ts";
import { findRoute } from "./find-route.ts";
import { HttpProblem } from "./http-problem.ts";
import { hostOf, isLoopback } from "./is-loopback.ts";
import { readBody, tooLarge } from "./read-body.ts";

/** What requests are answered with. */
export interface RequestListenerOptions {
  readonly token: string;
  readonly maxBodyBytes: number;
  /** What the bodies under way may take together. */
  readonly budget: ByteBudget;
  /** Rejects with `IngestError`. */
  readonly take: (events: readonly CheckedEvent[], sessionId: string) => Promise<IngestReport>;
  /** What `GET /health` shows: plain JSON. */
  readonly health: () => object;
  /** Told of an error that nobody foresaw. */
  readonly onFailure: (code: "request_failed", message: string) => void;
}

interface Reply {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

const RETRY_AFTER = { "Retry-After": "1" };
const STATUSES: Readonly<Record<IngestErrorCode, number>> = {
  bad_request: 400,
  bad_event: 400,
  too_many_events: 413,
  queue_full: 429,
  closed: 503,
  store_failed: 503,
};

/** Answers the requests of a daemon, always with JSON. */
export function createRequestListener(options: RequestListenerOptions): RequestListener {
  const isToken = createTokenGuard(options.token);

  async function answer(request: IncomingMessage): Promise<Reply> {
    requireLoopback(request);
    const route = findRoute(request.method ?? "", request.url ?? "");
    if (route.name === "health") return { status: 200, body: options.health() };
    const given = request.headers["x-clawmetry-token"];
    if (typeof given !== "string" || !isToken(given)) {
      throw new HttpProblem(401, "bad_token", "the header X-ClawMetry-Token must hold the daemon's token");
    }
    return { status: 200, body: await takeEvents(request, route.runId, options) };
  }

  return (request, response) => {
    answer(request)
      .catch((error: unknown) => problemReply(error, options.onFailure))
      .then((reply) => {
        send(response, reply);
      })
      .catch((error: unknown) => {
        options.onFailure("request_failed", failureMessage(error));
      });
  };
}

// A page of another site may reach this address under a name of its own; it cannot send our header, but it could read /health.
function requireLoopback({ headers }: IncomingMessage): void {
  if (isLoopback(hostOf(headers.host ?? ""))) return;
  throw new HttpProblem(403, "bad_host", "the header Host must be a loopback address or localhost");
}

async function takeEvents(
  request: IncomingMessage,
  runId: string,
  { maxBodyBytes, budget, take }: RequestListenerOptions,
): Promise<IngestReport> {
  const { "content-encoding": encoding = "identity", "content-length": length } = request.headers;
  if (encoding !== "identity") throw new HttpProblem(415, "bad_encoding", "a body must not be compressed");
  const bytes = length === undefined ? maxBodyBytes : Number(length);
  if (bytes > maxBodyBytes) throw tooLarge(maxBodyBytes);
  const release = budget.reserve(bytes);
  if (release === undefined) {
    throw new HttpProblem(429, "queue_full", "too much waits to be stored: send it again later", RETRY_AFTER);
  }
  try {
    return await take(parseBatch(await readBody(request, maxBodyBytes)), runId);
  } finally {
    release();
  }
}

function problemReply(error: unknown, onFailure: RequestListenerOptions["onFailure"]): Reply {
  if (error instanceof HttpProblem) return problem(error.status, error.code, error.message, error.headers);
  if (error instanceof IngestError) {
    const status = STATUSES[error.code];
    return problem(status, error.code, error.message, status === 429 || status === 503 ? RETRY_AFTER : {});
  }
  onFailure("request_failed", failureMessage(error));
  return problem(500, "internal", "the daemon failed: its log says more", {});
}

function problem(status: number, code: string, message: string, headers: Readonly<Record<string, string>>): Reply {
  return { status, body: { error: { code, message } }, headers };
}

function send(response: ServerResponse, { status, body, headers }: Reply): void {
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    ...headers,
  });
  response.end(`${JSON.stringify(body)}\n`);
}
