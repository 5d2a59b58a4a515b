import { createSiemExporter, type SiemConfig, type SiemExporter } from "@clawmetry/siem-exporter";
import { captureTcp, type StreamCapture, type StreamCaptureOptions } from "@clawmetry/siem-testkit";
import { onTestFinished } from "vitest";

/** A collector on loopback, which is closed when the test is over. */
export async function startCollector(options: StreamCaptureOptions = {}): Promise<StreamCapture> {
  const capture = await captureTcp(options);
  onTestFinished(capture.close);
  return capture;
}

/** An exporter of JSON without headers to a port of this machine. */
export function exporterTo(port: number, config: Partial<SiemConfig> = {}): SiemExporter {
  const settings = { host: "127.0.0.1", port, protocol: "tcp", format: "json", syslog: "none", heartbeatSeconds: 0 };
  return createSiemExporter({ ...settings, ...config } as SiemConfig);
}

/** The events that arrived, without what the exporter adds. */
export function eventsOf({ messages }: Pick<StreamCapture, "messages">): readonly Readonly<Record<string, unknown>>[] {
  return messages.map((line) => {
    const entries = Object.entries(JSON.parse(line) as Record<string, unknown>);
    return Object.fromEntries(entries.filter(([key]) => key !== "siem"));
  });
}

/** The ids of the events that arrived, in their order. */
export function idsOf(capture: Pick<StreamCapture, "messages">): readonly unknown[] {
  return eventsOf(capture).map(({ id }) => id);
}
