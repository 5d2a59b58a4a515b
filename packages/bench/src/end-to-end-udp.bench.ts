import { measureEndToEnd } from "./measure-end-to-end.ts";
import { publish } from "./report.ts";

publish(
  await measureEndToEnd("End to end, UDP", [
    { sender: "prebuilt", route: "udp", passes: 1000 },
    { sender: "exporter, CEF", route: "udp", passes: 1000 },
    { sender: "exporter, JSON", route: "udp", passes: 1000 },
    { sender: "winston", route: "udp", passes: 200 },
    { sender: "syslog-client", route: "udp", passes: 200 },
    { sender: "logtape", route: "udp", passes: 200 },
  ]),
);
