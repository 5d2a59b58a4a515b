import { type Destination } from "../route.ts";
import { exporterSender } from "./exporter-sender.ts";
import { logtapeSender } from "./logtape-sender.ts";
import { pinoSender } from "./pino-sender.ts";
import { prebuiltSender } from "./prebuilt-sender.ts";
import { type OpenSender, type Sender } from "./sender.ts";
import { type SenderName } from "./sender-name.ts";
import { syslogClientSender } from "./syslog-client-sender.ts";
import { winstonSender } from "./winston-sender.ts";

const SENDERS: Readonly<Record<SenderName, OpenSender>> = {
  "exporter, CEF": exporterSender("cef"),
  "exporter, JSON": exporterSender("json"),
  prebuilt: prebuiltSender,
  winston: winstonSender,
  "syslog-client": syslogClientSender,
  pino: pinoSender,
  logtape: logtapeSender,
};

/** Sets up one of the senders. Throws when it has no such route. */
export async function openSender(name: SenderName, destination: Destination): Promise<Sender> {
  return SENDERS[name](destination);
}
