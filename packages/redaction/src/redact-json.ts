import { type JsonNode, jsonNodes, type JsonText } from "./json-nodes.ts";
import { redacted, withheld } from "./placeholder.ts";
import type { RedactionSettings } from "./redaction-options.ts";
import type { PlacedText } from "./redact-text.ts";
import { listTreatments, recordTreatments, type Treatment } from "./treatment.ts";
import { uniqueName } from "./unique-name.ts";

type Place = Omit<PlacedText, "text">;

/** How the leaves of a JSON text are redacted. */
export interface LeafRedaction {
  readonly text: (placed: PlacedText, settings: RedactionSettings) => string;
  readonly number: (written: string, place: Place, settings: RedactionSettings) => string | undefined;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

interface Editing {
  readonly source: string;
  readonly settings: RedactionSettings;
  readonly leaf: LeafRedaction;
  readonly edits: Edit[];
}

/**
 * Redacts a text that is JSON (or several JSON texts in a row) string by string, and leaves every other byte as it was, so that it
 * stays well-formed. Undefined when it is no JSON.
 */
export function redactJson(placed: PlacedText, settings: RedactionSettings, leaf: LeafRedaction): string | undefined {
  const nodes = jsonNodes(placed.text, Math.max(0, settings.maxDepth - placed.depth));
  if (nodes === undefined) return undefined;
  const editing: Editing = { source: placed.text, settings, leaf, edits: [] };
  for (const node of nodes) redactNode(editing, node, { ...placed, depth: placed.depth + 1 });
  return applyEdits(placed.text, editing.edits);
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let copied = 0;
  for (const { start, end, value } of edits) {
    result += text.slice(copied, start) + JSON.stringify(value);
    copied = end;
  }
  return result + text.slice(copied);
}

function redactNode(editing: Editing, node: JsonNode, place: Place): void {
  switch (node.kind) {
    case "text":
      edit(editing, node, redactLeafText(editing, node, place));
      break;
    case "number":
      edit(editing, node, editing.leaf.number(editing.source.slice(node.start, node.end), place, editing.settings));
      break;
    case "deep":
      edit(editing, node, withheld("depth"));
      break;
    case "list":
      redactList(editing, node, place);
      break;
    case "record":
      redactRecord(editing, node, place);
      break;
    case "literal":
  }
}

function edit({ edits }: Editing, { start, end }: JsonNode, value: string | undefined): void {
  if (value !== undefined) edits.push({ start, end, value });
}

function redactLeafText({ leaf, settings }: Editing, { text }: JsonText, place: Place): string | undefined {
  const result = place.depth > settings.maxDepth ? withheld("depth") : leaf.text({ ...place, text }, settings);
  return result === text ? undefined : result;
}

function redactList(editing: Editing, list: JsonNode & { readonly kind: "list" }, place: Place): void {
  const { items } = list;
  if (editing.settings.secrets && place.treatment === "secret" && isNumbers(items)) {
    edit(editing, list, redacted(editing.source.slice(list.start, list.end).replace(/\s/g, "")));
    return;
  }
  const treatments = listTreatments(items.map(textOf), place.treatment);
  items.forEach((item, index) => {
    redactNode(editing, item, { ...place, treatment: treatments[index] ?? "scan", depth: place.depth + 1 });
  });
}

function isNumbers(items: readonly JsonNode[]): boolean {
  return items.length > 1 && items.every(({ kind }) => kind === "number");
}

function textOf(node: JsonNode): string | undefined {
  return node.kind === "text" ? node.text : undefined;
}

function redactRecord(editing: Editing, { entries }: JsonNode & { readonly kind: "record" }, place: Place): void {
  const treatments: readonly Treatment[] = recordTreatments(
    entries.map(([key, value]) => ({ key: key.text, text: textOf(value) })),
    place.treatment,
  );
  const names = new Map<string, number>();
  entries.forEach(([key, value], index) => {
    const name = redactLeafText(editing, key, { treatment: "scan", name: "", depth: place.depth });
    if (name !== undefined) edit(editing, key, uniqueName(name, names));
    redactNode(editing, value, { treatment: treatments[index] ?? "scan", name: key.text, depth: place.depth + 1 });
  });
}
