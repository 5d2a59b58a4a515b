import { createServer as createTcpServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { CollectorError } from "./collector-error.ts";
import { listenStream } from "./listen-stream.ts";
import { listenUdp } from "./listen-udp.ts";
import { type ListenAddress } from "./parse-address.ts";
import {
  type CloseCollector,
  type CollectorEvents,
  type CollectorProtocol,
  type CollectorServer,
} from "./received-frame.ts";

/** Where a collector listens: at least one of the three. */
export interface CollectorOptions extends CollectorEvents {
  readonly udp?: ListenAddress | undefined;
  readonly tcp?: ListenAddress | undefined;
  /** Certificate and key are PEM. */
  readonly tls?: (ListenAddress & { readonly cert: string; readonly key: string }) | undefined;
}

/** A running collector. */
export interface Collector {
  readonly servers: readonly CollectorServer[];
  readonly close: CloseCollector;
}

const HANDSHAKE_TIMEOUT_MS = 10_000;

/**
 * Starts a small syslog collector, for tests and for looking at what is sent: it stores nothing. Rejects with `CollectorError`
 * when it cannot listen everywhere, and listens nowhere then.
 */
export async function startCollector(options: CollectorOptions): Promise<Collector> {
  const { udp, tcp, tls } = options;
  const servers: CollectorServer[] = [];
  const close: CloseCollector = async (closeOptions) => {
    await Promise.all(servers.map((server) => server.close(closeOptions)));
  };
  const start = async (transport: CollectorProtocol, address: ListenAddress, listen: Listen): Promise<void> => {
    try {
      servers.push(await listen(address, options));
    } catch (cause) {
      await close();
      throw new CollectorError(transport, address, cause);
    }
  };
  if (udp !== undefined) await start("udp", udp, listenUdp);
  if (tcp !== undefined) await start("tcp", tcp, listenTcp);
  if (tls !== undefined) await start("tls", tls, listenTls(tls.cert, tls.key));
  return { servers, close };
}

type Listen = (address: ListenAddress, events: CollectorEvents) => Promise<CollectorServer>;

function listenTcp(address: ListenAddress, events: CollectorEvents): Promise<CollectorServer> {
  return listenStream(createTcpServer(), { transport: "tcp", ready: "connection" }, address, events);
}

function listenTls(cert: string, key: string): Listen {
  return async (address, events) => {
    const server = createTlsServer({ cert, key, minVersion: "TLSv1.2", handshakeTimeout: HANDSHAKE_TIMEOUT_MS });
    return listenStream(server, { transport: "tls", ready: "secureConnection" }, address, events);
  };
}
