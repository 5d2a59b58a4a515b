import { configure, getLogger } from "@logtape/logtape";
import { getSyslogSink } from "@logtape/syslog";
import { type Destination } from "../route.ts";
import { type Sender } from "./sender.ts";

/** LogTape with @logtape/syslog. The event is a value in the message, which the sink writes as JSON. */
export async function logtapeSender({ route, host, port }: Destination): Promise<Sender> {
  if (route === "tcp-octets") throw new Error(`@logtape/syslog has no ${route}`);
  const syslog = getSyslogSink({
    hostname: host,
    port,
    protocol: route === "udp" ? "udp" : "tcp",
    secure: route === "tls",
  });
  await configure({
    sinks: { syslog },
    loggers: [{ category: [], sinks: ["syslog"], lowestLevel: "info" }],
  });
  const logger = getLogger("bench");
  return {
    send: (event) => {
      logger.info("{event}", { event });
    },
  };
}
