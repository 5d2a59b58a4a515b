import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { post, request, TOKEN } from "../../test/start-test-daemon.ts";
import { IngestError } from "../ingest/ingest-error.ts";
import { createByteBudget } from "./create-byte-budget.ts";
import { createRequestListener, type RequestListenerOptions } from "./create-request-listener.ts";
import { type HttpServer, startServer } from "./start-server.ts";

const event = { event_type: "tool.call" };
const failures: unknown[] = [];

async function serve(options: Partial<RequestListenerOptions> = {}): Promise<HttpServer> {
  const listener = createRequestListener({
    token: TOKEN,
    maxBodyBytes: 1000,
    budget: createByteBudget(8000),
    take: (events) => Promise.resolve({ accepted: events.length, duplicates: 0 }),
    health: () => ({ status: "ok" }),
    onFailure: (code, message) => failures.push([code, message]),
    ...options,
  });
  const server = await startServer({ host: "127.0.0.1", port: 0, listener });
  onTestFinished(() => server.close(0));
  return server;
}

function problem(code: string, message: string): unknown {
  return { error: { code, message } };
}

test("events are taken with the run that they were posted to", async () => {
  const taken: unknown[] = [];
  const server = await serve({
    take: (events, sessionId) => {
      taken.push([sessionId, events]);
      return Promise.resolve({ accepted: 1, duplicates: 2 });
    },
  });
  const answer = await post(server, event, { path: "/api/v1/runs/run%2F%C3%A9/events?x=1" });
  expect([answer.status, answer.body]).toEqual([200, { accepted: 1, duplicates: 2 }]);
  expect(answer.headers.get("Content-Type")).toBe("application/json");
  expect(answer.headers.get("Cache-Control")).toBe("no-store");
  expect(taken).toEqual([["run/é", [event]]]);
});

test("whether it is well needs no token", async () => {
  const { url } = await serve();
  expect(await request(`${url}/health`)).toMatchObject({ status: 200, body: { status: "ok" } });
});

test.each<[string, RequestInit & { readonly path?: string }, number, unknown]>([
  ["no token", { headers: {} }, 401, problem("bad_token", "the header X-ClawMetry-Token must hold the daemon's token")],
  [
    "a wrong token",
    { headers: { "X-ClawMetry-Token": `${TOKEN}x` } },
    401,
    problem("bad_token", "the header X-ClawMetry-Token must hold the daemon's token"),
  ],
  [
    "another path",
    { path: "/api/v1/runs/events" },
    404,
    problem("not_found", "there are /health and /api/v1/runs/<id>/events"),
  ],
  [
    "no run",
    { path: "/api/v1/runs//events" },
    404,
    problem("not_found", "there are /health and /api/v1/runs/<id>/events"),
  ],
  ["another method", { method: "PUT" }, 405, problem("method_not_allowed", "the method must be POST")],
  ["another method for health", { path: "/health" }, 405, problem("method_not_allowed", "the method must be GET")],
  [
    "a run id that is no text",
    { path: "/api/v1/runs/%ff/events" },
    400,
    problem("bad_run_id", "a run id must be percent-encoded UTF-8 of at most 256 characters"),
  ],
  [
    "a run id that is too long",
    { path: `/api/v1/runs/${"x".repeat(257)}/events` },
    400,
    problem("bad_run_id", "a run id must be percent-encoded UTF-8 of at most 256 characters"),
  ],
  [
    "a compressed body",
    { headers: { "X-ClawMetry-Token": TOKEN, "Content-Encoding": "gzip" } },
    415,
    problem("bad_encoding", "a body must not be compressed"),
  ],
  ["no JSON", { body: "secret" }, 400, problem("bad_request", "the body must be JSON in UTF-8")],
  [
    "a body that is too large",
    { body: "x".repeat(1001) },
    413,
    problem("body_too_large", "a body must have at most 1000 bytes"),
  ],
])("%s is refused with a reason", async (_name, init, status, body) => {
  const server = await serve();
  expect(await post(server, event, init)).toMatchObject({ status, body });
});

test("the method that is allowed is named", async () => {
  const answer = await post(await serve(), event, { method: "DELETE" });
  expect(answer.headers.get("Allow")).toBe("POST");
});

test("a large body that does not say how large it is, is refused as soon as it is too large", async () => {
  const server = await serve();
  const chunk = new Uint8Array(600).fill(0x20);
  const body = new ReadableStream({
    start: (controller) => {
      controller.enqueue(chunk);
      controller.enqueue(chunk);
      controller.close();
    },
  });
  expect(await post(server, "", { body, duplex: "half" })).toMatchObject({
    status: 413,
    body: problem("body_too_large", "a body must have at most 1000 bytes"),
  });
});

test.each([
  [new IngestError("queue_full", "5 events wait to be stored: send them again later"), 429, "1"],
  [new IngestError("closed", "the daemon is shutting down"), 503, "1"],
  [new IngestError("store_failed", "the events could not be stored: send them again"), 503, "1"],
  [new IngestError("too_many_events", "a batch must have at most 1000 events, got 1001"), 413, null],
  [new IngestError("bad_event", "events[3].id must be text"), 400, null],
])("events that are not taken are answered with the reason: %s", async (error, status, retryAfter) => {
  const server = await serve({ take: () => Promise.reject(error) });
  const answer = await post(server, event);
  expect([answer.status, answer.body]).toEqual([status, problem(error.code, error.message)]);
  expect(answer.headers.get("Retry-After")).toBe(retryAfter);
});

test("more bodies than there is room for wait outside, until there is room again", async () => {
  let release: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    release = resolve;
  });
  let began: () => void = () => undefined;
  const taking = new Promise<void>((resolve) => {
    began = resolve;
  });
  const server = await serve({
    budget: createByteBudget(50),
    take: async () => {
      began();
      await arrived;
      return { accepted: 1, duplicates: 0 };
    },
  });
  const first = post(server, event);
  await taking;
  const second = await post(server, event);
  expect([second.status, second.body]).toEqual([
    429,
    problem("queue_full", "too much waits to be stored: send it again later"),
  ]);
  expect(second.headers.get("Retry-After")).toBe("1");
  release();
  expect((await first).status).toBe(200);
  expect((await post(server, event)).status).toBe(200);
});

test("an error that nobody foresaw is told without what it says", async () => {
  failures.length = 0;
  const server = await serve({ take: () => Promise.reject(new TypeError("secret")) });
  expect(await post(server, event)).toMatchObject({
    status: 500,
    body: problem("internal", "the daemon failed: its log says more"),
  });
  expect(failures).toEqual([["request_failed", "an unexpected TypeError"]]);
});

/** Sends a request as it is, and gives the first line of the answer. */
async function sendRaw(port: number, head: string): Promise<string | undefined> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.end(head);
  return (await text(socket)).split("\r\n")[0];
}

test.each([
  ["127.0.0.1:80", "HTTP/1.1 200 OK"],
  ["[::1]", "HTTP/1.1 200 OK"],
  ["localhost:7777", "HTTP/1.1 200 OK"],
  ["evil.example:7777", "HTTP/1.1 403 Forbidden"],
])("a page that reaches it under the name %j reads %s", async (host, line) => {
  const { port } = await serve();
  expect(await sendRaw(port, `GET /health HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toBe(line);
});

test("a request that ends before its body is not taken", async () => {
  const taken: unknown[] = [];
  const server = await serve({
    take: (events) => {
      taken.push(events);
      return Promise.resolve({ accepted: 0, duplicates: 0 });
    },
  });
  const head = `POST /api/v1/runs/r/events HTTP/1.1\r\nHost: localhost\r\nX-ClawMetry-Token: ${TOKEN}\r\nContent-Length: 99\r\n\r\n{`;
  await sendRaw(server.port, head);
  expect((await post(server, event)).status).toBe(200);
  expect(taken).toEqual([[event]]);
});
