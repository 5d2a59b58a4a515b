import { createServer } from "node:net";
import { type StreamCapture, type StreamCaptureOptions } from "./capture.ts";
import { captureStream } from "./capture-stream.ts";

/** Listens for TCP connections. */
export function captureTcp(options: StreamCaptureOptions = {}): Promise<StreamCapture> {
  return captureStream(createServer(), "connection", options);
}
