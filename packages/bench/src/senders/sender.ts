import { type AgentEvent } from "@clawmetry/siem-events";
import { type Destination } from "../route.ts";

/** A library that carries events, or a yardstick that carries their bytes. */
export interface Sender {
  /** Hands over one event. */
  readonly send: (event: AgentEvent) => void;
  /** Resolves when more may be handed over. Left out by libraries that do not say; they get a turn of the loop. */
  readonly ready?: () => Promise<unknown>;
  /** Resolves when the kernel has everything, as far as the library can tell. */
  readonly flush?: () => Promise<unknown>;
}

/** Sets a library up for a destination, as its README says. */
export type OpenSender = (destination: Destination) => Sender | Promise<Sender>;
