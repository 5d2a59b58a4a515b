import { createCutSize } from "./cut-size.ts";
import { cutName } from "./cut-text.ts";
import { type EventView } from "./event-view.ts";
import { type PlannedContainer, type PlannedCut, type PlannedText, type PlannedValue } from "./planned-value.ts";
import { sizeOfText } from "./json-size.ts";
import { type SizeLimits } from "./size-limits.ts";
import { cutPlace } from "./text-rule.ts";

/** What was counted so far. */
export interface Tally {
  readonly view: EventView;
  readonly limits: SizeLimits;
  readonly maxBytes: number;
  units: number;
  bytes: number;
  /** Of what `siem.truncated` says, a comma after each. */
  cutBytes: number;
  /** Arrays and objects of this property that are not empty: `jsonText` counts one unit too many for each. */
  containers: number;
  isSure: boolean;
}

/** Adds the size of a value within the limits. False as soon as there is more than can fit, or than is known. */
export function addValue(tally: Tally, value: PlannedValue): boolean {
  switch (value.kind) {
    case "constant":
      return add(tally, value.units, value.bytes);
    case "text":
      return addText(tally, value);
    case "container":
      return addContainer(tally, value);
    case "unknown":
      tally.isSure = false;
      return false;
  }
}

function add(tally: Tally, units: number, bytes: number): boolean {
  tally.units += units;
  tally.bytes += bytes;
  return tally.units + tally.containers <= tally.maxBytes && tally.bytes <= tally.maxBytes;
}

function addText(tally: Tally, planned: PlannedText): boolean {
  const { text } = planned;
  const most = planned.limit === "id" ? tally.limits.maxId : tally.limits.maxText;
  if (tally.bytes + leastLength(text, most) > tally.maxBytes) return false;
  if (text.length > most) return addCut(tally, planned, most);
  planned.size ??= sizeOfText(text);
  return add(tally, planned.size.units, planned.size.bytes);
}

function addCut(tally: Tally, planned: PlannedText, most: number): boolean {
  planned.cut ??= planCut(planned, tally);
  const { units, bytes, isCut } = planned.cut.sizeOf(most);
  if (isCut) tally.cutBytes += planned.cut.nameBytes + 1;
  return add(tally, units, bytes);
}

function planCut({ text, parent, key, limit }: PlannedText, { view, maxBytes }: Tally): PlannedCut {
  const path = [...parent, String(key)];
  const place = limit === "id" ? "end" : cutPlace(path, view.description);
  return { sizeOf: createCutSize(text, place, maxBytes), nameBytes: sizeOfText(cutName(path, text.length)).bytes };
}

// Characters that are certain to be written: what is cut also loses the blanks at its ends.
function leastLength(text: string, most: number): number {
  if (text.length <= most) return text.length;
  return most > 1 && isVisible(text, 0) && isVisible(text, most - 2) ? most : 0;
}

function isVisible(text: string, index: number): boolean {
  return text.charCodeAt(index) > 0x20;
}

function addContainer(tally: Tally, { path, count, entry }: PlannedContainer): boolean {
  if (!add(tally, 2, 2)) return false;
  let written = 0;
  for (let index = 0; index < count; index++) {
    if (written >= tally.limits.maxEntries) {
      tally.cutBytes += sizeOfText(cutName(path, count)).bytes + 1;
      break;
    }
    const planned = entry(index);
    if (planned === undefined) continue;
    if (written === 0) tally.containers++;
    else if (!add(tally, 1, 1)) return false;
    written++;
    const { name, value } = planned;
    if (name !== undefined && !add(tally, name.units + 1, name.bytes + 1)) return false;
    if (!addValue(tally, value)) return false;
  }
  return true;
}
