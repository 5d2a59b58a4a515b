import { decodeRecord, recordFacts, startCollector } from "@clawmetry/siem-cli";
import { createSiemExporter } from "@clawmetry/siem-exporter";

let show: (line: string) => void = () => undefined;
const arrived = new Promise<string>((resolve) => {
  show = resolve;
});
const collector = await startCollector({
  tcp: { host: "127.0.0.1", port: 0 },
  onFrame: ({ transport, bytes }) => {
    const { signatureId, name, act, message } = recordFacts(decodeRecord(bytes));
    show([transport, signatureId, name, act, message].join(" | "));
    return Promise.resolve();
  },
  onFault: ({ reason }) => {
    show(reason);
  },
});

const port = collector.servers[0]?.port;
const exporter = createSiemExporter({ host: "127.0.0.1", port, protocol: "tcp" });
exporter.send({ event_type: "tool.call", data: { name: "bash", input: { command: "ls -la" } } });
console.log(await exporter.close());
console.log(await arrived);
await collector.close();

// prints:
// { sent: 1, dropped: 0, left: 0 }
// tcp | 1001 | Tool Call | bash | ls -la
