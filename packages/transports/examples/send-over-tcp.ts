import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { tcpTransport } from "@clawmetry/siem-transports/tcp";

// A collector that prints what it gets; yours is a host name and a port.
const collector = createServer((socket) => {
  socket.setEncoding("utf8").on("data", (text: string) => {
    console.log(text.trimEnd());
  });
});
collector.listen(0, "127.0.0.1");
await once(collector, "listening");
const { port } = collector.address() as AddressInfo;

const transport = tcpTransport({ host: "127.0.0.1", port });
transport.onBreak((error) => {
  console.log(error.message);
});
await transport.send(
  ["<134>1 - - clawmetry - - - agent started", "<132>1 - - clawmetry - - - tool denied"],
  AbortSignal.timeout(5000),
);
console.log(transport.state);

await transport.close();
collector.close();
console.log(transport.state);

// prints:
// connected
// <134>1 - - clawmetry - - - agent started
// <132>1 - - clawmetry - - - tool denied
// closed
