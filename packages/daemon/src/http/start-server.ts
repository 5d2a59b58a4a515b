import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { isIPv6 } from "node:net";

/** A running HTTP server. */
export interface HttpServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Takes no more connections, and resolves when the requests under way are answered, or cut off at the time limit. */
  readonly close: (timeoutMs: number) => Promise<void>;
}

export interface HttpServerOptions {
  readonly host: string;
  /** 0: one that the system chooses. */
  readonly port: number;
  readonly listener: RequestListener;
}

const MOST_CONNECTIONS = 256;

/** Listens. Rejects with the error of Node.js when it cannot. */
export async function startServer({ host, port, listener }: HttpServerOptions): Promise<HttpServer> {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5000 }, listener);
  server.maxConnections = MOST_CONNECTIONS;
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address();
  const actual = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://${isIPv6(host) ? `[${host}]` : host}:${actual}`,
    port: actual,
    close: async (timeoutMs) => {
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      const timer = setTimeout(() => {
        server.closeAllConnections();
      }, timeoutMs);
      await closed;
      clearTimeout(timer);
    },
  };
}
