const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const COLON = 0x3a;
const SPACE = 0x20;

/**
 * Whether an object in a JSON text has a key twice. `JSON.parse` sees the last one and another reader the first: such a line
 * would prove one event and show a different one. `json` must be valid. A key that holds U+FFFD may stand twice, because
 * different keys that are not well-formed become the same one. Linear.
 */
export function hasRepeatedKey(json: string): boolean {
  const objects: Set<string>[] = [];
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === OPEN) objects.push(new Set());
    else if (code === CLOSE) objects.pop();
    else if (code === QUOTE) {
      const end = endOfText(json, at);
      if (isKey(json, end + 1) && !note(objects.at(-1), json.slice(at, end + 1))) return true;
      at = end;
    }
  }
  return false;
}

function note(keys: Set<string> | undefined, written: string): boolean {
  const key = written.includes("\\") ? String(JSON.parse(written)) : written.slice(1, -1);
  if (keys?.has(key) === true && !key.includes("\ufffd")) return false;
  keys?.add(key);
  return true;
}

function endOfText(json: string, start: number): number {
  let end = start;
  do end = json.indexOf('"', end + 1);
  while (end !== -1 && isEscaped(json, end));
  return end === -1 ? json.length : end;
}

function isEscaped(json: string, quote: number): boolean {
  let start = quote;
  while (json.charCodeAt(start - 1) === BACKSLASH) start--;
  return (quote - start) % 2 === 1;
}

// JSON has no other white space than characters up to the space.
function isKey(json: string, after: number): boolean {
  let at = after;
  while (json.charCodeAt(at) <= SPACE) at++;
  return json.charCodeAt(at) === COLON;
}
