import { expect, test } from "vitest";
import { nationalIdDetector } from "./find-national-ids.ts";
import { findCards } from "./find-cards.ts";
import { findEmails } from "./find-emails.ts";
import { findIbans } from "./find-ibans.ts";
import { findPhones } from "./find-phones.ts";
import { secretDetectors } from "./redact-plain-text.ts";
import { scanOf } from "./scan.ts";
import type { Detector, Span } from "./span.ts";

const PIECES = [
  "a",
  " ",
  "\n",
  "0",
  "9",
  "-",
  ".",
  "@",
  "a@",
  "a.b@c.",
  "+",
  "+1",
  "+49 151 ",
  "://",
  "://a:",
  "://a:b@",
  "//a:b/c@",
  '"',
  "'",
  "`",
  "\\",
  '\\"',
  "password",
  "password=",
  "password: ",
  "password='",
  'password="',
  'password=\\"',
  'password "',
  "password '",
  "password: 'x password: \"y ",
  '"password: a ',
  "'token: ",
  "token=none ",
  "token: f(",
  "cookie: ",
  "cookie: no ",
  "Authorization: Bearer ",
  "Authorization: Bearer x ",
  "Authorization: ",
  "authorization: no ",
  "key",
  "api key: ",
  "--token ",
  "--token x ",
  "a;b=c;password=",
  "x=1; token=",
  "token=a,",
  "token=a,b&c;",
  "secret=\\n",
  "<password>",
  "<password> ",
  "password: |\n ",
  "login a password ",
  "PASSWORD 'a b",
  "password:&quot;",
  "token=a&quot;",
  "password=''",
  'password=""a',
  "%3Ftoken%3D",
  "MIIE\n-----END PRIVATE KEY-----",
  "config set a",
  "name: token\n value: ",
  "-----BEGIN PRIVATE KEY-----",
  "-----BEGIN ",
  "-----END PRIVATE KEY-----",
  "Private-Lines:",
  "eyJ",
  "eyJhbGciOi.",
  "eyJ.",
  "bearer ",
  "Basic dXNlcjpwYXNz ",
  "sk-",
  "sk-ant-",
  "glpat-",
  "glpat-glpat-glpat-",
  "AKIA",
  "AKIAIOSFODNN7EXAMPLE ",
  "xox",
  "xapp-",
  "tskey-",
  "SG.",
  "cm_",
  "1//0",
  "123456789:AA",
  "?key=",
  "&sig=",
  "?code=",
  "curl -u ",
  "curl ",
  "mysql -p",
  "login ",
  "DE89",
  "DE89 3704 ",
  "4111 ",
  "4111-",
  "41111111",
  "1234 5678 ",
  "12 345 678 ",
  "123-45-",
  "AB 12 34 ",
  "RSSMRA",
  "X1234567",
  "111222333 ",
  "bsn ",
  "756.",
  "[REDACTED:",
  "[REDACTED:12345678]",
  "[email]",
  "\u00e9",
  "\ud800",
] as const;

const DETECTORS: readonly (readonly [name: string, detect: Detector])[] = [
  ...secretDetectors.map((detect) => [detect.name, detect] as const),
  ["findCards", findCards],
  ["findEmails", findEmails],
  ["findIbans", findIbans],
  ["findPhones", findPhones],
  ["findNationalIds", nationalIdDetector("bsn")],
];

// Characters that a detector looks at in a text of so many characters.
function work(detect: Detector, piece: string, length: number): number {
  const scan = scanOf(`${piece.repeat(Math.ceil(length / piece.length))}\u0001`);
  const found: Span[] = [];
  detect(scan, found);
  return scan.work;
}

test.each(DETECTORS)("%s looks at twice as much in a text twice as long", (_name, detect) => {
  for (const piece of PIECES) {
    const short = work(detect, piece, 3_000);
    const long = work(detect, piece, 6_000);
    expect(long / short, JSON.stringify(piece)).toBeLessThan(2.1);
    expect(short / 3_000, JSON.stringify(piece)).toBeLessThan(60);
  }
});

test.each(DETECTORS)("%s looks at twice as much where two hostile pieces alternate", (_name, detect) => {
  for (const one of PIECES) {
    for (const other of ["password='", "://a:", "-----BEGIN PRIVATE KEY-----", "@", '"', "\n", ";"]) {
      const piece = one + other;
      expect(work(detect, piece, 2_000) / work(detect, piece, 1_000), JSON.stringify(piece)).toBeLessThan(2.2);
    }
  }
});
