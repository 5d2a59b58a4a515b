import { type Effects, type ExporterFacts } from "@clawmetry/siem-core";
import { type AgentEvent } from "@clawmetry/siem-events";
import { type ChainHeads } from "./chain-heads.ts";
import { ownEvent } from "./own-event.ts";

/** The events that one exporter makes itself, and no one else can. */
export interface OwnEvents {
  readonly make: (facts: ExporterFacts) => AgentEvent;
  readonly isOwn: (event: AgentEvent) => boolean;
}

/** What own events are made with. */
export interface OwnEventsOptions {
  readonly chainHeads: ChainHeads;
  readonly effects: Effects;
  /** Whether an event of the exporter's own fits into one message. */
  readonly fits: (event: AgentEvent) => boolean;
}

// CEF values of ours end there, and half an entry is none.
const MAX_HEADS_LENGTH = 1023;

/** Heartbeats list as many chain heads as fit into a message, the newest first, and each of them whole. */
export function createOwnEvents({ chainHeads, effects, fits }: OwnEventsOptions): OwnEvents {
  const own = new WeakSet<AgentEvent>(); // by identity: an equal event from elsewhere is none of ours

  function register(event: AgentEvent): AgentEvent {
    own.add(event);
    return event;
  }
  return {
    make: (facts) => {
      const nowMs = effects.now();
      const heads = facts.kind === "heartbeat" ? withinLength(chainHeads.list()) : [];
      for (let count = heads.length; count > 0; count--) {
        const event = register(ownEvent(facts, nowMs, heads.slice(0, count)));
        if (fits(event)) return event;
      }
      return register(ownEvent(facts, nowMs));
    },
    isOwn: (event) => own.has(event),
  };
}

function withinLength(heads: readonly string[]): readonly string[] {
  let length = -1;
  const end = heads.findIndex((head) => (length += head.length + 1) > MAX_HEADS_LENGTH);
  return end === -1 ? heads : heads.slice(0, end);
}
