import { type Socket } from "node:net";

/** Writes one piece and resolves when the kernel has taken all of it. Rejects when the socket fails or closes first. */
export function writePiece(socket: Socket, piece: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error: Error | null | undefined): void => {
      socket.off("close", closed);
      // After a reset, Node.js 20 calls back without an error although the bytes were thrown away.
      const failure = error ?? socket.errored;
      if (failure) reject(failure);
      else if (socket.destroyed) reject(new Error("the connection ended"));
      else resolve();
    };
    const closed = (): void => {
      settle(undefined);
    };
    socket.once("close", closed);
    socket.write(piece, settle);
  });
}
