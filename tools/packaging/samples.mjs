// One use of every entry point with its expected outcome. A sample runs in a project that has the one package only, so
// it may reach for nothing but the module it is given and globals.
const CEF_LINE = "CEF:0|ClawMetry|clawmetry|1|1001|Tool Call|3|act=a\\=b";

/**
 * `{ specifier, run, expected }`: `run` gets the imported module, and resolves to what `expected` says. `peer`: the optional
 * peer that it is for.
 */
export const SAMPLES = [
  {
    specifier: "@clawmetry/siem-text",
    run: (text) => text.truncateBytes("abcdef", 5),
    expected: "ab…",
  },
  {
    specifier: "@clawmetry/siem-events",
    run: (events) => events.describeEvent({ event_type: "tool_call" }).signatureName,
    expected: "Tool Call",
  },
  {
    specifier: "@clawmetry/redaction",
    run: (redaction) => redaction.redactText("password=hunter2"),
    expected: "password=[REDACTED:f52fbd32]",
  },
  {
    specifier: "@clawmetry/siem-cef",
    run: (cef) =>
      cef.encodeCef({
        deviceVendor: "ClawMetry",
        deviceProduct: "clawmetry",
        deviceVersion: "1",
        signatureId: 1001,
        name: "Tool Call",
        severity: 3,
        extensions: { act: "a=b" },
      }),
    expected: CEF_LINE,
  },
  {
    specifier: "@clawmetry/siem-json",
    run: (json) => json.encodeJson({ line: "one\ntwo" }),
    expected: '{"line":"one\\ntwo"}',
  },
  {
    specifier: "@clawmetry/siem-syslog",
    run: (syslog) =>
      syslog.formatRfc5424({ facility: 16, severity: 6, timeMs: null, appName: "app", message: "hello" }),
    expected: "<134>1 - - app - - - hello",
  },
  {
    specifier: "@clawmetry/integrity",
    run: async (integrity) => {
      const { events } = integrity.stampEvents([{ id: "e1", node_id: "n" }]);
      return [(await integrity.verifyChain(events)).status, integrity.verifyPayload(events[0])];
    },
    expected: ["valid", "verified"],
  },
  {
    specifier: "@clawmetry/siem-core",
    run: async (core) => {
      const sent = [];
      const exporter = core.createExporter({
        format: (event) => ({ text: event, severity: 6 }),
        transport: {
          state: "idle",
          send: (messages) => Promise.resolve(void sent.push(...messages)),
          close: () => Promise.resolve(),
          onBreak: () => undefined,
        },
      });
      exporter.send("one");
      exporter.send("two");
      const report = await exporter.close({ timeoutMs: 5000 });
      return [sent, report.sent];
    },
    expected: [["one", "two"], 2],
  },
  {
    specifier: "@clawmetry/siem-transports/memory",
    run: async (memory) => {
      const transport = memory.memoryTransport();
      await transport.send(["one"], AbortSignal.timeout(5000));
      await transport.close();
      return transport.state;
    },
    expected: "closed",
  },
  {
    specifier: "@clawmetry/siem-transports/udp",
    run: async (udp) => {
      const { createSocket } = await import("node:dgram");
      const receiver = createSocket("udp4");
      const arrived = new Promise((resolve) => receiver.once("message", (bytes) => resolve(bytes.toString())));
      await new Promise((resolve) => receiver.bind(0, "127.0.0.1", resolve));
      const transport = udp.udpTransport({ host: "127.0.0.1", port: receiver.address().port });
      await transport.send(["one"], AbortSignal.timeout(5000));
      const text = await arrived;
      await transport.close();
      receiver.close();
      return text;
    },
    expected: "one",
  },
  {
    specifier: "@clawmetry/siem-transports/tcp",
    run: async (tcp) => {
      const { createServer } = await import("node:net");
      let text = "";
      const server = createServer((socket) => socket.on("data", (bytes) => (text += bytes.toString())));
      await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
      const ended = new Promise((resolve) => server.once("connection", (socket) => socket.once("end", resolve)));
      const transport = tcp.tcpTransport({ host: "127.0.0.1", port: server.address().port });
      await transport.send(["one", "two"], AbortSignal.timeout(5000));
      await transport.close();
      await ended;
      server.close();
      return text;
    },
    expected: "one\ntwo\n",
  },
  {
    specifier: "@clawmetry/siem-transports/relp",
    run: async (relp) => {
      const { createServer } = await import("node:net");
      let text = "";
      const server = createServer((socket) =>
        socket.on("data", (bytes) => {
          text += bytes.toString();
          if (text.includes(" open ")) socket.write("1 rsp 22 200 OK\ncommands=syslog\n");
          if (text.includes(" syslog ")) socket.write("2 rsp 6 200 OK\n");
          if (text.includes(" close ")) socket.end("3 rsp 0\n");
          text = text.replace(/^1 open[^]*commands=syslog\n/, "");
        }),
      );
      await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
      const transport = relp.relpTransport({ host: "127.0.0.1", port: server.address().port });
      await transport.send(["one"], AbortSignal.timeout(5000));
      await transport.close();
      server.close();
      return text;
    },
    expected: "2 syslog 3 one\n3 close 0\n",
  },
  {
    specifier: "@clawmetry/siem-transports/tls",
    run: async (tls) => {
      const transport = tls.tlsTransport({ host: "127.0.0.1", port: 6514 });
      const before = transport.state;
      await transport.close();
      return [before, transport.state];
    },
    expected: ["idle", "closed"],
  },
  {
    specifier: "@clawmetry/siem-spool",
    run: async (spool) => {
      const { mkdtemp, rm } = await import("node:fs/promises");
      const { tmpdir } = await import("node:os");
      const parent = await mkdtemp(`${tmpdir()}/spool-sample-`);
      const use = (boot) => {
        const queue = spool.openSpool({ folder: `${parent}/spool` });
        queue.store.begin({
          boot,
          facts: () => ({ lastSeq: 1, confirmedSeq: 0, untold: [] }),
          onNews: () => undefined,
        });
        return queue;
      };
      const first = use("b0070001");
      first.offer({ text: "one", severity: 6 });
      const kept = await first.store.close();
      const second = use("b0070002");
      second.store.load((message) => message);
      const [text] = second.peek(1, 1000);
      second.release(1);
      const left = await second.store.close();
      await rm(parent, { recursive: true });
      return [kept, text, left];
    },
    expected: [1, "one", 0],
  },
  {
    specifier: "@clawmetry/siem-exporter",
    run: (exporter) => {
      exporter.forwardEvent({ event_type: "tool_call" }); // off: no host is configured
      const config = exporter.readConfig({ CLAWMETRY_SIEM_HOST: "collector.example", CLAWMETRY_SIEM_PROTOCOL: "tls" });
      return [exporter.readConfig({}) === undefined, config.host, config.protocol];
    },
    expected: [true, "collector.example", "tcp-tls"],
  },
  {
    specifier: "@clawmetry/siem-exporter/opentelemetry",
    peer: "@opentelemetry/api",
    run: async (adapter) => {
      const { metrics } = await import("@opentelemetry/api");
      const exporter = { stats: {} }; // a meter that does nothing never asks for it
      return typeof adapter.observeWithOpenTelemetry(exporter, metrics.getMeter("sample"));
    },
    expected: "function",
  },
  {
    specifier: "@clawmetry/siem-exporter/prometheus",
    peer: "prom-client",
    run: async (adapter) => {
      const { createSiemExporter } = await import("@clawmetry/siem-exporter");
      const text = await adapter.prometheusText(createSiemExporter({ host: "collector.example" }));
      return text.split("\n").find((line) => line.startsWith("clawmetry_siem_events_accepted_total"));
    },
    expected: "clawmetry_siem_events_accepted_total 0",
  },
  {
    specifier: "@clawmetry/daemon",
    run: async (subject) => {
      const { mkdtemp, rm } = await import("node:fs/promises");
      const { tmpdir } = await import("node:os");
      const folder = await mkdtemp(`${tmpdir()}/daemon-sample-`);
      const storeFile = `${folder}/events.duckdb`;
      const daemon = await subject.startDaemon({ storeFile, token: "0123456789abcdef", port: 0 });
      const report = await daemon.ingest([{ id: "e1", event_type: "tool.call" }]);
      await daemon.close();
      const { valid } = await subject.verifyStore(storeFile);
      await rm(folder, { recursive: true });
      return [report, valid];
    },
    expected: [{ accepted: 1, duplicates: 0 }, true],
  },
  {
    specifier: "@clawmetry/siem-cli",
    run: (cli) => typeof cli.run,
    expected: "function",
  },
];
