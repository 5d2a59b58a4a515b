import { createRequire } from "node:module";
import { type Destination } from "../route.ts";
import { type Sender } from "./sender.ts";

interface SyslogClient {
  readonly on: (event: "error", listener: () => void) => void;
  readonly log: (message: string, options: object, done: () => void) => void;
}

interface SyslogClientModule {
  readonly createClient: (target: string, options: object) => SyslogClient;
  readonly Transport: { readonly Tcp: number; readonly Udp: number };
}

/** syslog-client. The event is the message, as JSON. */
export function syslogClientSender({ route, host, port }: Destination): Sender {
  if (route !== "tcp" && route !== "udp") throw new Error(`syslog-client has no ${route}`);
  const require = createRequire(import.meta.url);
  const { createClient, Transport } = require("syslog-client") as SyslogClientModule;
  const transport = route === "tcp" ? Transport.Tcp : Transport.Udp;
  const client = createClient(host, { port, transport, rfc3164: false });
  // It closes a connection that was idle for 10 s, and makes another for the next message.
  client.on("error", () => undefined);
  return {
    send: (event) => {
      client.log(JSON.stringify(event), {}, () => undefined);
    },
  };
}
