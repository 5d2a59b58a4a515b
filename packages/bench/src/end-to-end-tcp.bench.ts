import { measureEndToEnd } from "./measure-end-to-end.ts";
import { publish } from "./report.ts";

publish(
  await measureEndToEnd("End to end, TCP", [
    { sender: "prebuilt", route: "tcp", passes: 4000 },
    { sender: "exporter, CEF", route: "tcp", passes: 1500 },
    { sender: "exporter, CEF", route: "tcp-octets", passes: 1500 },
    { sender: "exporter, JSON", route: "tcp", passes: 1500 },
    { sender: "winston", route: "tcp", passes: 400 },
    { sender: "syslog-client", route: "tcp", passes: 400 },
    { sender: "pino", route: "tcp", passes: 1000 },
    { sender: "logtape", route: "tcp", passes: 400 },
  ]),
);
