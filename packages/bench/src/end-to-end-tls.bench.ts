import { measureEndToEnd } from "./measure-end-to-end.ts";
import { publish } from "./report.ts";

publish(
  await measureEndToEnd("End to end, TLS", [
    { sender: "prebuilt", route: "tls", passes: 4000 },
    { sender: "exporter, CEF", route: "tls", passes: 1500 },
    { sender: "exporter, JSON", route: "tls", passes: 1500 },
    { sender: "winston", route: "tls", passes: 400 },
    { sender: "pino", route: "tls", passes: 1000 },
    { sender: "logtape", route: "tls", passes: 400 },
  ]),
);
