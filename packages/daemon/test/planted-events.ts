import { type AgentEvent } from "@clawmetry/siem-exporter";
import { sampleEvents } from "@clawmetry/siem-testkit";
import { seededRandom } from "@clawmetry/siem-testkit/receivers";

/** Events as clients send them, and what must be in none of them once the daemon has taken them. */
export interface PlantedEvents {
  readonly events: readonly AgentEvent[];
  /** Each secret as it was written: no two are the same. */
  readonly secrets: readonly string[];
}

type Draw = (alphabet: string, length: number) => string;

const DIGITS = "0123456789";
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LETTERS = `${UPPER}${UPPER.toLowerCase()}`;
const WORD = `${LETTERS}${DIGITS}`;
const EVERY = 10;

// Found by what they are, wherever they stand.
const RECOGNIZABLE: readonly ((draw: Draw) => string)[] = [
  (draw) => `sk-ant-api03-${draw(WORD, 93)}AA`,
  (draw) => `sk-proj-${draw(WORD, 48)}`,
  (draw) => `AKIA${draw(`${UPPER}234567`, 16)}`,
  (draw) => `AIza${draw(WORD, 35)}`,
  (draw) => `ghp_${draw(WORD, 36)}`,
  (draw) => `github_pat_${draw(WORD, 22)}_${draw(WORD, 59)}`,
  (draw) => `glpat-${draw(WORD, 20)}`,
  (draw) => `xoxb-${draw(DIGITS, 12)}-${draw(DIGITS, 13)}-${draw(WORD, 24)}`,
  (draw) => `sk_live_${draw(WORD, 24)}`,
  (draw) => `npm_${draw(WORD, 36)}`,
  (draw) => `cm_${draw(WORD, 40)}`,
  (draw) => `eyJhbGciOiJIUzI1NiJ9.eyJ${draw(WORD, 40)}.${draw(WORD, 43)}`,
  (draw) => `-----BEGIN PRIVATE KEY-----\n${draw(WORD, 64)}\n${draw(WORD, 30)}\n-----END PRIVATE KEY-----`,
  (draw) => `${draw(LETTERS, 12)}@mail.example.com`.toLowerCase(),
  (draw) => `DE${ibanOf(draw(DIGITS, 18))}`,
  (draw) => cardOf(`4${draw(DIGITS, 14)}`),
  (draw) => `+4930${draw(DIGITS, 8)}`,
];

const TEXTS: readonly ((secret: string) => unknown)[] = [
  (secret) => ({ name: "bash", input: { command: `./deploy --with ${secret} --now` } }),
  (secret) => ({ output: `first line\nfound ${secret} in the log\nlast line` }),
  (secret) => ({ settings: { deep: [{ note: secret }, 2] } }),
  (secret) => ({ raw: JSON.stringify({ answer: [`it was ${secret}`], ok: true }) }),
];

// Found by the name beside them: the text alone says nothing.
const NAMED: readonly ((secret: string) => unknown)[] = [
  (secret) => ({ env: { HOME: "/home/agent", AWS_SECRET_ACCESS_KEY: secret } }),
  (secret) => ({ request: { headers: { cookie: `sid=${secret}`, accept: "*/*" } } }),
  (secret) => ({ response: { headers: { "set-cookie": [`sid=${secret}; Path=/`] } } }),
  (secret) => ({ token: secret, input_tokens: 12 }),
  (secret) => ({ command: `mysql --user=root password=${secret} shop` }),
  (secret) => ({ text: `{"client_secret": "${secret}", "n": 1}` }),
  (secret) => ({ url: `postgres://agent:${secret}@db.example.com/shop` }),
  (secret) => ({ command: `curl -H 'Authorization: Bearer ${secret}' https://api.example.com` }),
];

/** `count` events, the sample events over and over under ids of their own; a tenth of them holds a secret besides. */
export function plantedEvents(count: number, seed: number): PlantedEvents {
  const random = seededRandom(seed);
  const draw: Draw = (alphabet, length) =>
    Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join("");
  const samples = sampleEvents();
  const secrets: string[] = [];
  const events = Array.from({ length: count }, (_, index) => {
    const { event_type, agent_id, agent_type, data } = samples[index % samples.length] ?? { id: "" };
    const sample = { event_type, agent_id, agent_type, data } as Omit<AgentEvent, "id">;
    const event = { ...sample, id: `evt-${index}`, session_id: `session-${index % 7}`, ts: isoAt(index) };
    return index % EVERY === 0 ? { ...event, data: plant(index / EVERY, draw, secrets) } : event;
  });
  return { events, secrets };
}

function plant(number: number, draw: Draw, secrets: string[]): unknown {
  const named = NAMED[number % (2 * NAMED.length)];
  const secret = named === undefined ? (RECOGNIZABLE[number % RECOGNIZABLE.length]?.(draw) ?? "") : draw(WORD, 24);
  secrets.push(secret);
  return (named ?? TEXTS[number % TEXTS.length])?.(secret);
}

function isoAt(index: number): string {
  return new Date(Date.UTC(2026, 10, 23) + index * 1000).toISOString();
}

// Check digits by ISO 13616: the country, D is 13 and E is 14, and 00 go to the end, modulo 97.
function ibanOf(account: string): string {
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  return `${check.toString().padStart(2, "0")}${account}`;
}

// ISO/IEC 7812: from the right, every second digit doubled.
function cardOf(body: string): string {
  const sum = Array.from(body).reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}
