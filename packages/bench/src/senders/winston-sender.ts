import winston from "winston";
import { type Destination } from "../route.ts";
import { type Sender } from "./sender.ts";
import "winston-syslog";

const PROTOCOLS = { tcp: "tcp4", udp: "udp4", tls: "tls4", "tcp-octets": undefined } as const;

interface SyslogTransports {
  readonly Syslog: new (options: object) => winston.transport;
}

/** winston with winston-syslog. The event is the metadata of the message. */
export function winstonSender({ route, host, port }: Destination): Sender {
  const protocol = PROTOCOLS[route];
  if (protocol === undefined) throw new Error(`winston-syslog has no ${route}`);
  const { Syslog } = winston.transports as unknown as SyslogTransports;
  const stream = route !== "udp";
  const transport = new Syslog({ host, port, protocol, type: "RFC5424", ...(stream ? { eol: "\n" } : {}) });
  const logger = winston.createLogger({ levels: winston.config.syslog.levels, transports: [transport] });
  return {
    send: (event) => {
      logger.log({ ...event, level: "info", message: String(event.event_type) });
    },
  };
}
