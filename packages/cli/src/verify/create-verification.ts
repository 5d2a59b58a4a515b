import { type ChainHeads, createChainVerifier } from "@clawmetry/integrity";
import { chainedText } from "@clawmetry/siem-events";
import { createPayloadLog } from "./create-payload-log.ts";
import { createPlaceLog, type LinePlace } from "./create-place-log.ts";
import { createSequenceLog } from "./create-sequence-log.ts";
import { isOwnEvent } from "./is-own-event.ts";
import { type HeldEvent, type LineRecord } from "./line-record.ts";
import { nameEvent } from "./name-event.ts";
import { placeNode } from "./place-node.ts";
import { shownOtherwise } from "./shown-otherwise.ts";
import {
  type ContradictoryEvent,
  type LeftOutLine,
  type NodeVerification,
  type VerifyReport,
} from "./verify-report.ts";

/** What is known from elsewhere, and what is asked for. */
export interface VerificationOptions {
  /** The only node whose events are verified. Default: all. Sequence numbers are always those of all nodes. */
  readonly nodeId?: string | undefined;
  /** By node, the hash that its first event follows, where older events were removed. Default: 64 zeros. */
  readonly anchors?: ChainHeads;
  /** By node, a hash that must be there. Default: none. */
  readonly heads?: ChainHeads;
}

/** Takes in lines one by one, in any order, and says what they prove. Keeps hashes, ids and numbers, and no line. */
export interface Verification {
  readonly add: (place: LinePlace, records: readonly LineRecord[]) => void;
  readonly leaveOut: (place: LinePlace, reason: string) => void;
  /** Of a file that cannot be read to its end, nothing is proven. */
  readonly leaveOutFile: (file: string, reason: string) => void;
  readonly report: () => VerifyReport;
}

/** Starts to verify. */
export function createVerification({ nodeId, anchors = {}, heads = {} }: VerificationOptions = {}): Verification {
  const verifier = createChainVerifier({ anchors, heads });
  const places = createPlaceLog();
  const payloads = createPayloadLog();
  const sequences = createSequenceLog();
  const contradictory: ContradictoryEvent[] = [];
  const ownEvents = new Map<string, number>();
  const leftOut = { foreign: [] as LeftOutLine[], unreadable: [] as LeftOutLine[] };
  let lines = 0;

  function addEvent(place: LinePlace, held: HeldEvent): void {
    const { event, changed, sequence, signatureId } = held;
    const isOwn = isOwnEvent(held);
    if (sequence !== undefined) sequences.add(sequence, isOwn ? held.loss : undefined);
    if (isOwn) {
      const key = String(signatureId);
      ownEvents.set(key, (ownEvents.get(key) ?? 0) + 1);
      return;
    }
    if (nodeId !== undefined && nodeId !== (chainedText(event, "node_id") ?? "")) return;
    places.add(place, sequence);
    verifier.add(event, changed);
    payloads.add(held, place);
    const shown = shownOtherwise(held);
    if (shown.length > 0) contradictory.push({ ...nameEvent(held, place), shown });
  }

  return {
    add: (place, records) => {
      lines++;
      for (const record of records) {
        if (record.kind === "event") addEvent(place, record.held);
        else leftOut[record.kind].push({ place: `${place.file}:${place.number}`, reason: record.reason });
      }
    },
    leaveOut: (place, reason) => {
      lines++;
      leftOut.unreadable.push({ place: `${place.file}:${place.number}`, reason });
    },
    leaveOutFile: (file, reason) => {
      leftOut.unreadable.push({ place: file, reason });
    },
    report: () => {
      const nodes = verifier.report().nodes.map((node) => placeNode(node, places));
      return {
        proven: leftOut.unreadable.length + contradictory.length === 0 && isProven(nodes),
        lines,
        nodes,
        contradictory,
        payloads: payloads.report(),
        ownEvents: Object.fromEntries(ownEvents),
        sequences: sequences.report(),
        ...leftOut,
      };
    },
  };
}

// Of nothing nothing is proven.
function isProven(nodes: readonly NodeVerification[]): boolean {
  return nodes.some(({ status }) => status === "proven") && nodes.every(({ status }) => status !== "not_proven");
}
