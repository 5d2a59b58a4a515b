import {
  captureTls,
  createCertificates,
  describeReplacement,
  describeStreamTransport,
  describeTransport,
  type StreamCapture,
  type StreamHarness,
} from "@clawmetry/siem-testkit";
import { type TlsOptions as ServerOptions } from "node:tls";
import { afterAll, describe } from "vitest";
import { tlsTransport } from "./tls.ts";

const certificates = await createCertificates();
afterAll(certificates.remove);
const tls = { caFile: certificates.ca.certFile };

describe.each(["TLSv1.2", "TLSv1.3"] as const)("%s", (version) => {
  const { cert, key } = certificates.server;
  const server: ServerOptions = { cert, key, minVersion: version, maxVersion: version };
  const settleMs = version === "TLSv1.2" ? 20 : 200; // always waited for in full, but over TLS 1.3

  describe.each(["newline", "octet-counting"] as const)("%s framing", (framing) => {
    describeTransport("tlsTransport", async () => {
      const capture: StreamCapture = await captureTls(server);
      const { host, port } = capture;
      return {
        transport: tlsTransport({ host, port, framing, tls, settleMs }),
        received: () => capture.messages,
        waitFor: capture.waitFor,
        dispose: capture.close,
      };
    });

    const harness: StreamHarness = {
      listen: (options) => captureTls(server, options),
      transport: (port, limits) => tlsTransport({ host: "127.0.0.1", port, framing, tls, settleMs, ...limits }),
    };
    describeStreamTransport("tlsTransport", harness);
    describeReplacement("tlsTransport", harness);
  });
});
