import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { onTestFinished } from "vitest";
import { type Daemon, type DaemonOptions, startDaemon } from "@clawmetry/daemon";

export const TOKEN = "test-token-0123456789";

/** What a daemon answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

type OnEnd = (end: () => Promise<void>) => void;

/** A file for a store, in a folder that is gone when the test is over, or all tests with `afterAll`. */
export async function createStoreFile(onEnd: OnEnd = onTestFinished): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "daemon-"));
  onEnd(() => rm(folder, { recursive: true }));
  return join(folder, "store", "events.duckdb");
}

/** Changes a store that no daemon has open behind the back of all daemons. */
export async function alterStore(file: string, ...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

/** Starts a daemon on a port that the system chooses. It is closed when the test is over, or all tests with `afterAll`. */
export async function startTestDaemon(
  options: Partial<DaemonOptions> = {},
  onEnd: OnEnd = onTestFinished,
): Promise<Daemon> {
  const storeFile = options.storeFile ?? (await createStoreFile());
  const daemon = await startDaemon({ token: TOKEN, port: 0, nodeId: "node-a", settleMs: 0, ...options, storeFile });
  onEnd(async () => {
    await daemon.close({ timeoutMs: 100 });
  });
  return daemon;
}

/** Posts a body, as JSON where it is no text, to the run `run-1`. */
export async function post(
  { url }: { readonly url: string },
  body: unknown,
  { path = "/api/v1/runs/run-1/events", ...init }: RequestInit & { readonly path?: string } = {},
): Promise<Answer> {
  const text = typeof body === "string" || body instanceof Uint8Array ? (body as string) : JSON.stringify(body);
  return request(`${url}${path}`, {
    method: "POST",
    body: text,
    headers: { "X-ClawMetry-Token": TOKEN },
    ...init,
  });
}

/** Asks, and reads the answer as JSON. */
export async function request(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init);
  return { status: response.status, headers: response.headers, body: await response.json() };
}
