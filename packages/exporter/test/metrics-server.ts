import { createServer, type Server } from "node:http";
import { type SiemExporter } from "@clawmetry/siem-exporter";
import { prometheusText } from "@clawmetry/siem-exporter/prometheus";

/** Answers every request with the counters. Begins at `listen`. */
export function metricsServer(exporter: SiemExporter): Server {
  return createServer((_request, response) => {
    void prometheusText(exporter).then((text) => {
      response.setHeader("content-type", "text/plain; version=0.0.4; charset=utf-8").end(text);
    });
  });
}
