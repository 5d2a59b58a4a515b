import { createServer, type TlsOptions } from "node:tls";
import { type StreamCapture, type StreamCaptureOptions } from "./capture.ts";
import { captureStream } from "./capture-stream.ts";

/** Listens for TLS connections. `tls` holds the certificate, and what else the server of Node.js takes. */
export function captureTls(tls: TlsOptions, options: StreamCaptureOptions = {}): Promise<StreamCapture> {
  return captureStream(createServer(tls), "secureConnection", options);
}
