import { addValue, type Tally } from "./add-value.ts";
import { cutName } from "./cut-text.ts";
import { eventEntries } from "./event-entries.ts";
import { type EventView } from "./event-view.ts";
import { type JsonSize, sizeOfText } from "./json-size.ts";
import { measureSiem } from "./measure-siem.ts";
import { planValue, sizeOfKey } from "./plan-value.ts";
import { type PlannedEntry } from "./planned-value.ts";
import { type SizeLimits } from "./size-limits.ts";
import { textRule } from "./text-rule.ts";

/** Tells whether the line of an event fits, within what limits, without writing it. */
export interface EventMeasure {
  readonly fits: (limits: SizeLimits) => boolean;
  /** False once something was met of which only writing it tells the size: then what `fits` said means nothing. */
  readonly isSure: () => boolean;
}

// What is around the object under `siem` and the properties.
const FRAME_BYTES = '{"siem":}'.length;

/** Measures an event: says of any limits what `writeEvent` would come to, at a small part of the cost. */
export function measureEvent(view: EventView, maxBytes: number): EventMeasure {
  const entriesWithin = createEntryPlanner(view, maxBytes);
  const siemBytes = measureSiem(view);
  let sure = true;

  function measure(limits: SizeLimits): boolean {
    const { entries, cutBytes } = entriesWithin(limits.maxEntries);
    const tally: Tally = { view, limits, maxBytes, units: 0, bytes: 0, cutBytes, containers: 0, isSure: true };
    for (const entry of entries) {
      if (addEntry(tally, entry)) continue;
      sure &&= tally.isSure;
      return false;
    }
    return FRAME_BYTES + tally.bytes + siemBytes(limits, tally.cutBytes) <= maxBytes;
  }

  function fits(limits: SizeLimits): boolean {
    try {
      return sure && measure(limits);
    } catch {
      sure = false; // a proxy or a getter threw
      return false;
    }
  }

  return { fits, isSure: () => sure };
}

// A comma, the name, a colon, the value: in the order in which writeEvent finds that there is too much.
function addEntry(tally: Tally, { name, value }: PlannedEntry): boolean {
  tally.containers = 0;
  if (!addValue(tally, value)) return false;
  tally.units += 2 + (name?.units ?? 0);
  tally.bytes += 2 + (name?.bytes ?? 0);
  return tally.units <= tally.maxBytes && tally.bytes <= tally.maxBytes;
}

interface PlannedEntries {
  readonly maxEntries: number;
  readonly entries: readonly PlannedEntry[];
  /** Of what `siem.truncated` says of entries that are left out, a comma after it. */
  readonly cutBytes: number;
}

// The properties of an event within a limit. What was asked for last is kept, and each property is planned once.
function createEntryPlanner(view: EventView, maxBytes: number): (maxEntries: number) => PlannedEntries {
  const planned = new Map<string, PlannedEntry>();
  const keySizes = new Map<string, JsonSize>();
  const options = { content: view.content, rule: textRule(view), maxBytes, keySizes };
  let last: PlannedEntries | undefined;

  function entryOf(name: string, item: unknown): PlannedEntry {
    const known = planned.get(name);
    if (known !== undefined) return known;
    const isText = name === "data" && (view.parsedData !== undefined || view.options.jsonData === "string");
    const value = isText ? ({ kind: "unknown" } as const) : planValue(item, [], name, options);
    const entry = { name: sizeOfKey(name, options), value };
    planned.set(name, entry);
    return entry;
  }

  return (maxEntries) => {
    if (last?.maxEntries === maxEntries) return last;
    let cutBytes = 0;
    const properties = eventEntries(view.event, maxEntries, (count) => {
      cutBytes = sizeOfText(cutName([], count)).bytes + 1;
    });
    const shown = properties.filter(([name]) => name !== "data" || view.options.jsonData !== "omit");
    last = { maxEntries, entries: shown.map(([name, item]) => entryOf(name, item)), cutBytes };
    return last;
  };
}
