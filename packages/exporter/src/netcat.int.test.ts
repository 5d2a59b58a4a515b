import { type AgentEvent } from "@clawmetry/siem-events";
import { parseSyslog } from "@clawmetry/siem-syslog";
import { type Netcat, startNetcat } from "@clawmetry/siem-testkit/receivers";
import { expect, test } from "vitest";
import { createSiemExporter } from "./create-siem-exporter.ts";
import { type SiemConfig } from "./siem-config.ts";

const GENESIS = "0".repeat(64);
const FIRST = "f1b89ca83d7c6c7d90c503337c46aacb0e35432bd6ab48502a5f2a24581b298d";
const SECOND = "24746b5972db9b6774c8b8818ad43d78f874c0235ada0c3b74d65e84b79038ce";

const call = {
  id: "evt_640d87e741e6aa4c669a82a4",
  event_type: "tool.call",
  ts: "2026-11-23T03:04:06.678Z",
  data: { name: "bash", input: { command: "ls -la" } },
  chain_prev_hash: GENESIS,
  chain_hash: FIRST,
};
const result = {
  id: "evt_4205714cdfe14ed9e3d030dd",
  event_type: "tool.result",
  ts: "2026-11-23T03:04:07.678Z",
  data: { name: "bash", tool_use_id: "toolu_01", output: "total 8" },
  chain_prev_hash: FIRST,
  chain_hash: SECOND,
};
const failure = {
  id: "evt_3",
  event_type: "daemon.error",
  ts: "2026-11-23T03:04:08.678Z",
  data: { message: "disk full" },
};

test.each(["udp", "tcp"] as const)("nc over %s prints three CEF events, and none is lost", async (protocol) => {
  const lines = await printed({ protocol, format: "cef" }, [call, result, failure]);
  expect(lines.map((line) => /CEF:0\|(?:[^|]*\|){6}/.exec(line)?.[0])).toEqual([
    "CEF:0|ClawMetry|clawmetry|1|1001|Tool Call|3|",
    "CEF:0|ClawMetry|clawmetry|1|1002|Tool Result|3|",
    "CEF:0|ClawMetry|clawmetry|1|9002|Daemon Error|8|",
  ]);
  expect(lines.map((line) => line.split(" ").slice(0, 4).join(" "))).toEqual([
    "<134>1 2026-11-23T03:04:06.678Z gateway.test clawmetry",
    "<134>1 2026-11-23T03:04:07.678Z gateway.test clawmetry",
    "<131>1 2026-11-23T03:04:08.678Z gateway.test clawmetry",
  ]);
});

test.each(["udp", "tcp"] as const)(
  "nc over %s prints JSON events with their chain hashes, one a line",
  async (protocol) => {
    const lines = await printed({ protocol, format: "json" }, [call, result]);
    const chain = lines.map((line) => {
      const { chain_prev_hash, chain_hash } = JSON.parse(parseSyslog(line).message ?? "") as AgentEvent;
      return [chain_prev_hash, chain_hash];
    });
    expect(chain).toEqual([
      [GENESIS, FIRST],
      [FIRST, SECOND],
    ]);
  },
);

/** The messages that nc prints, after all of them were sent and none was lost. */
async function printed(
  config: Partial<SiemConfig> & { protocol: "udp" | "tcp" },
  events: readonly AgentEvent[],
): Promise<string[]> {
  const netcat = await startNetcat(config);
  try {
    await send(
      { ...config, host: "127.0.0.1", port: netcat.port, hostname: "gateway.test", heartbeatSeconds: 0 },
      events,
    );
    return await messages(netcat, config.protocol, events.length);
  } finally {
    await netcat.stop();
  }
}

async function send(config: SiemConfig, events: readonly AgentEvent[]): Promise<void> {
  const exporter = createSiemExporter(config);
  for (const event of events) exporter.send(event);
  expect(await exporter.flush({ timeoutMs: 10_000 })).toBe(true);
  const { sent, dropped, errors } = exporter.stats;
  const lost = Object.values(dropped).reduce((sum, count) => sum + count, 0);
  expect({ sent, lost, errors }).toEqual({ sent: events.length, lost: 0, errors: 0 });
  await exporter.close();
}

// Datagrams stand one behind the other, lines end in a line feed: a header at the start tells them apart in both.
async function messages(netcat: Netcat, protocol: "udp" | "tcp", count: number): Promise<string[]> {
  const split = (text: string) => text.split(/\n?(?=<\d{1,3}>1 )/);
  const isComplete = (text: string) => (protocol === "udp" || text.endsWith("\n")) && split(text).length >= count;
  return split(await netcat.waitForText(isComplete));
}
