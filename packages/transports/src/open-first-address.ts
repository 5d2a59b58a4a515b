import { type LookupAddress } from "node:dns";
import { openUdpChannel, type UdpChannel } from "./udp-channel.ts";

/**
 * Opens a channel to the first address that has a route, beginning with the one at index `start` (taken modulo their
 * number). Rejects with the error of the last address.
 */
export async function openFirstAddress(
  addresses: readonly LookupAddress[],
  start: number,
  port: number,
  onError: (channel: UdpChannel, error: Error) => void,
): Promise<UdpChannel> {
  const first = start % Math.max(1, addresses.length);
  let problem: unknown = new Error("the name has no address");
  for (const address of [...addresses.slice(first), ...addresses.slice(0, first)]) {
    try {
      const channel: UdpChannel = await openUdpChannel(address, port, (error) => {
        onError(channel, error);
      });
      return channel;
    } catch (cause) {
      problem = cause;
    }
  }
  throw problem;
}
