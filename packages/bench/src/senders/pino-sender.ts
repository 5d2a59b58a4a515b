import { once } from "node:events";
import { pino } from "pino";
import { type Destination } from "../route.ts";
import { type Sender } from "./sender.ts";

interface Draining {
  readonly writableNeedDrain: boolean;
}

/** pino with pino-socket, which writes in a thread of its own. The event is the object that is logged, as a line of JSON. */
export async function pinoSender({ route, host, port }: Destination): Promise<Sender> {
  if (route === "tcp-octets") throw new Error(`pino-socket has no ${route}`);
  const transport = pino.transport({
    target: "pino-socket",
    options: { address: host, port, mode: route === "udp" ? "udp" : "tcp", secure: route === "tls" },
  }) as unknown as NodeJS.EventEmitter & Draining;
  const ready = once(transport, "ready");
  const logger = pino(transport as unknown as pino.DestinationStream);
  await ready;
  return {
    send: (event) => {
      logger.info(event);
    },
    ready: async () => {
      if (transport.writableNeedDrain) await once(transport, "drain");
    },
  };
}
