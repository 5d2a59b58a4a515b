import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createSiemExporter, parseCef, parseSyslog } from "@clawmetry/siem-exporter";

const collector = createSocket("udp4").bind(0, "127.0.0.1"); // stands in for the collector
await once(collector, "listening");

const exporter = createSiemExporter({ host: "127.0.0.1", port: collector.address().port });
exporter.send({ event_type: "tool.call", data: { name: "bash", input: { command: "ls -la" } } });

const [datagram] = (await once(collector, "message")) as [Buffer];
const { signatureId, name, extensions } = parseCef(parseSyslog(String(datagram)).message ?? "");
console.log(signatureId, name, extensions.act, extensions.msg);
console.log(await exporter.close({ timeoutMs: 1000 }));
collector.close();

// prints:
// 1001 Tool Call bash ls -la
// { sent: 1, dropped: 0, left: 0 }
