// A daemon that ends in the way that its first argument names. The exporter is configured by the environment.
import { subscribe } from "node:diagnostics_channel";
import {
  closeOnExit,
  createSiemExporter,
  forwardEvent,
  getDefaultExporter,
  readConfig,
} from "@clawmetry/siem-exporter";

const forEver = setInterval(() => undefined, 1000);

function send(id: string): void {
  forwardEvent({ id, event_type: "tool.call" });
}

const endings: Readonly<Record<string, () => void>> = {
  "by a signal": () => {
    closeOnExit();
    send("evt_1");
    process.kill(process.pid, "SIGTERM");
  },
  "by a signal for which it listens": () => {
    closeOnExit();
    process.once("SIGINT", () => {
      send("evt_last");
      clearInterval(forEver);
    });
    process.kill(process.pid, "SIGINT");
  },
  "with nothing left to do": () => {
    closeOnExit();
    process.on("exit", () => {
      console.log(getDefaultExporter()?.stats.state);
    });
    send("evt_1");
    clearInterval(forEver);
  },
  "with two exporters": () => {
    for (const id of ["evt_1", "evt_2"]) {
      const exporter = createSiemExporter(readConfig() ?? { host: "127.0.0.1" });
      closeOnExit({ exporter });
      exporter.send({ id, event_type: "tool.call" });
    }
    process.kill(process.pid, "SIGTERM");
  },
  "after its time": () => {
    closeOnExit({ timeoutMs: 100, signals: ["SIGHUP"] });
    send("evt_1");
    process.kill(process.pid, "SIGHUP");
  },
  "by a second signal": () => {
    closeOnExit({ timeoutMs: 600_000 });
    send("evt_1");
    setInterval(() => {
      send("evt_2");
      if (getDefaultExporter()?.stats.dropped.closed === 1) process.kill(process.pid, "SIGINT");
    }, 5);
    process.kill(process.pid, "SIGTERM");
  },
  "before it sent anything": () => {
    closeOnExit();
    // No call of the exporter's own here: it would build it.
    subscribe("clawmetry:siem:state", (change) => {
      if ((change as { readonly state: string }).state === "connected") process.kill(process.pid, "SIGTERM");
    });
  },
  "with a bad configuration": () => {
    closeOnExit();
    clearInterval(forEver);
  },
  "with a word on what was left": () => {
    closeOnExit({
      timeoutMs: 100,
      onClosed: (report) => {
        console.log(report);
        throw new Error("ignored");
      },
    });
    send("evt_1");
    process.kill(process.pid, "SIGTERM");
  },
  "after the listeners were taken away": () => {
    closeOnExit({ timeoutMs: 600_000 })();
    send("evt_1");
    process.kill(process.pid, "SIGTERM");
  },
};

endings[process.argv[2] ?? ""]?.();
