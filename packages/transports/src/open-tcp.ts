import { connect } from "node:net";
import { addressChoice } from "./address-choice.ts";
import { openSocket, setUpSocket } from "./open-socket.ts";
import { type OpenedStream } from "./stream-connection.ts";
import { type StreamSettings } from "./stream-options.ts";

/** Connects over TCP, to the first address of the host that answers. Rejects with `TransportError`. */
export async function openTcp(settings: StreamSettings, signal: AbortSignal): Promise<OpenedStream> {
  const { host, port } = settings.endpoint;
  const socket = connect(addressChoice(settings));
  await openSocket(socket, settings, signal, { event: "connect" });
  setUpSocket(socket, settings);
  const reset = (): void => {
    socket.resetAndDestroy();
  };
  return { socket, peer: { address: socket.remoteAddress ?? host, port }, reset };
}
