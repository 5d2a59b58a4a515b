import { randomInt } from "node:crypto";
import { join } from "node:path";
import { type DropPolicy, type LossReport } from "@clawmetry/siem-core";
import { findVictims } from "./find-victims.ts";
import { closeReader, createLanes, type Lane, oldestReader, oldestUnreadOf } from "./lane.ts";
import { lossReport } from "./lost-records.ts";
import { recordBytes, type SpoolRecord } from "./record.ts";
import { createSegment, type Segment } from "./segment.ts";
import { formatSegmentName } from "./segment-name.ts";
import { createSegmentSync } from "./segment-sync.ts";
import { createSegmentWriter, type SegmentWriter } from "./segment-writer.ts";
import { type SpoolFiles } from "./spool-files.ts";

/** A record that has no place in a file yet. */
export type NewRecord = Omit<SpoolRecord, "index">;

/** Records on disk, and which of them are there alone: the unread ones. */
export interface SegmentLog {
  /** Bytes of all files, and of what is not written yet. */
  readonly bytes: number;
  readonly unread: number;
  /** Records that are not written yet, of the backlog or of what is in memory too. */
  readonly unwritten: (isBacklog: boolean) => number;
  /** The order before that of the oldest unread record. Infinity without one. */
  readonly oldestUnread: number;
  /** Appends a record, whose order must be higher than that of any other like it, unread or not. Throws what the file system throws; then it was not taken. */
  readonly append: (record: NewRecord, unread: boolean) => void;
  /**
   * Makes room for a record by giving up unread ones, whole files of them, as the policy says. False when that is not enough; then
   * nothing was given up. Throws what the file system throws.
   */
  readonly makeRoom: (record: NewRecord, policy: DropPolicy) => boolean;
  /** The oldest unread record, and the boot id of its process. Throws what the file system throws. */
  readonly peek: () => { readonly record: SpoolRecord; readonly boot: string } | undefined;
  /** What `peek` gives is in memory now. */
  readonly take: () => void;
  /** Unread records that were given up or turned out to be damaged, since the last call. */
  readonly takeLost: () => readonly LossReport[];
  /** Writes what is not written yet. Throws what the file system throws. */
  readonly flush: () => void;
  /** Makes what was written survive the machine. Rejects with what the file system says. */
  readonly sync: () => Promise<void>;
  /** Deletes files that hold nothing after this order; those that are still written to when they are large, or at the `end`. */
  readonly reclaim: (confirmedOrder: number, end?: boolean) => void;
  readonly close: () => void;
}

/** What a log is made of. */
export interface SegmentLogOptions {
  readonly folder: string;
  readonly files: SpoolFiles;
  readonly maxBytes: number;
  readonly segmentBytes: number;
  /** Boot id of this process. */
  readonly boot: string;
  /** What is there already, oldest first. */
  readonly segments: readonly Segment[];
  /** What of it is not after this order was sent. */
  readonly confirmedOrder: number;
}

// A file of which all was sent gives way to a new one at this size.
const RECYCLE_BYTES = 1024 * 1024;

/** A log that goes on after the segments of earlier processes. Creates files, mode 0600, when there is something to write. */
export function createSegmentLog(options: SegmentLogOptions): SegmentLog {
  const { folder, files, maxBytes, segmentBytes, boot } = options;
  const lanes = createLanes();
  const syncing = createSegmentSync(files, folder, leave);
  let lost: LossReport[] = [];
  let bytes = 0;
  let unread = 0;
  const reading = {
    files,
    afterOrder: options.confirmedOrder,
    onLost: (segment: Segment, count: number) => {
      unread -= count;
      lost.push(lossReport("damaged", segment.boot, { ...segment, count }));
    },
  };
  for (const segment of options.segments) {
    laneOf(segment).segments.push(segment);
    bytes += segment.bytes;
    unread += segment.unread;
  }

  function laneOf({ severity }: { readonly severity: number }): Lane {
    return lanes[severity] as Lane; // severities were checked, and there is a lane for each
  }
  function begin(lane: Lane, order: number, isBacklog: boolean): SegmentWriter {
    const name = { severity: lane.severity, order, index: 0, salt: randomInt(2 ** 32), boot };
    const segment = createSegment(name, join(folder, formatSegmentName(name)), isBacklog);
    const fd = files.openSync(segment.path, "wx", 0o600);
    syncing.noteNew();
    lane.segments.push(segment);
    return (lane.writer = createSegmentWriter(files, segment, fd));
  }
  function end(lane: Lane): void {
    lane.writer?.flush();
    lane.writer?.close();
    lane.writer = undefined;
  }
  // No file holds both what is in memory and what is not: one that is given up must not take along what was read already.
  function writerFor(lane: Lane, order: number, isBacklog: boolean): SegmentWriter {
    const { writer } = lane;
    if (writer !== undefined) {
      const isFull = writer.segment.bytes + writer.pendingBytes >= segmentBytes;
      if (!isFull && writer.segment.isBacklog === isBacklog) return writer;
      end(lane);
    }
    return begin(lane, order, isBacklog);
  }
  function remove(lane: Lane, segment: Segment): void {
    files.rmSync(segment.path, { force: true });
    bytes -= segment.bytes;
    unread -= segment.unread;
    if (lane.reader?.segment === segment) closeReader(lane);
    if (lane.writer?.segment === segment) {
      bytes -= lane.writer.pendingBytes;
      lane.writer.close();
      lane.writer = undefined;
    }
    lane.segments.splice(lane.segments.indexOf(segment), 1);
    syncing.forget(segment);
  }
  // Somebody took the file away: nothing more goes to it.
  function leave(segment: Segment): void {
    const lane = laneOf(segment);
    if (lane.writer?.segment === segment) end(lane);
  }
  function giveUp(segment: Segment): void {
    const report = lossReport("evicted", segment.boot, { ...segment, count: segment.unread });
    remove(laneOf(segment), segment);
    lost.push(report);
  }

  return {
    get bytes() {
      return bytes;
    },
    get unread() {
      return unread;
    },
    unwritten: (isBacklog) =>
      lanes.reduce((sum, { writer }) => sum + (writer?.segment.isBacklog === isBacklog ? writer.pendingRecords : 0), 0),
    get oldestUnread() {
      // What is not after the confirmed order was sent, also while no file was read.
      return unread === 0 ? Infinity : Math.max(options.confirmedOrder, Math.min(...lanes.map(oldestUnreadOf)));
    },
    append: (record, isUnread) => {
      const writer = writerFor(laneOf(record), record.order, isUnread);
      writer.append({ ...record, index: writer.segment.nextIndex });
      bytes += recordBytes(record.text, record.group);
      syncing.note(writer.segment);
      if (!isUnread) return;
      writer.segment.unread += 1;
      unread += 1;
    },
    makeRoom: (record, policy) => {
      const victims = findVictims(lanes, record, policy, bytes + recordBytes(record.text, record.group) - maxBytes);
      victims?.forEach(giveUp);
      return victims !== undefined;
    },
    peek: () => {
      const reader = oldestReader(lanes, reading);
      const record = reader?.peek();
      return reader && record && { record, boot: reader.segment.boot };
    },
    take: () => {
      const reader = oldestReader(lanes, reading);
      if (reader === undefined) return;
      reader.take();
      reader.segment.unread -= 1;
      unread -= 1;
    },
    takeLost: () => {
      const taken = lost;
      if (taken.length > 0) lost = [];
      return taken;
    },
    flush: () => {
      for (const { writer } of lanes) if (writer !== undefined && writer.pendingBytes > 0) writer.flush();
    },
    sync: syncing.run,
    reclaim: (confirmedOrder, end = false) => {
      for (const lane of lanes) {
        for (const segment of lane.segments.filter(
          ({ unread: left, lastOrder }) => left === 0 && lastOrder <= confirmedOrder,
        )) {
          const isActive = lane.writer?.segment === segment;
          if (end || !isActive || segment.bytes >= RECYCLE_BYTES) remove(lane, segment);
        }
      }
    },
    close: () => {
      for (const lane of lanes) {
        closeReader(lane);
        lane.writer?.close();
        lane.writer = undefined;
      }
    },
  };
}
