import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { ndjson, toolCall } from "../testing/events.ts";
import { createFakeTerminal } from "../testing/fake-terminal.ts";
import { type Listening, startListening } from "../testing/start-listening.ts";
import { run } from "../run.ts";

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "siem-cli-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function listenOverTls(certFile: string): Promise<Listening> {
  return startListening("--raw", "--write-cert", certFile, "--tls", "0");
}

test("over TLS, a sender that trusts the certificates of two listeners by their folder goes on to the second one", async () => {
  const caFile = await temporaryFolder();
  const first = await listenOverTls(join(caFile, "first.pem"));
  const second = await listenOverTls(join(caFile, "second.pem"));
  const targets = [first, second].map(({ ports }) => ({ host: "127.0.0.1", port: ports["tls"] }));
  const config = join(await temporaryFolder(), "siem.json");
  await writeFile(config, JSON.stringify({ siem: { protocol: "tcp-tls", tls: { caFile }, targets } }));
  const input = new PassThrough();
  const sender = createFakeTerminal({ input });
  const ended = run(["forward", "--config", config], sender);
  input.write(ndjson(toolCall("before")));
  await first.terminal.outHasLines(1);
  await first.stop();
  input.end(ndjson(toolCall("after")));
  expect(await ended).toBe(0);
  await second.stop();
  expect(first.terminal.out()).toContain(" devicePayloadId=before ");
  expect(second.terminal.out()).toContain(" devicePayloadId=after ");
  expect(sender.err()).toContain("sent=2 dropped=0 left=0");
});
