import { isPlaceholder } from "./placeholder.ts";

// `$NAME`, `${NAME}`, `$(command)`, `{{ name }}`, `%NAME%`, `<your key>`: where a secret is put in later.
const REFERENCE =
  "(?:\\$[A-Z_][A-Z0-9_]{0,64}|\\$\\{[^{}\\s]{1,64}\\}|\\$\\{\\{[^{}]{1,64}\\}\\}|\\$\\([^()]{1,64}\\)|\\{\\{[^{}]{1,64}\\}\\}|\\{[A-Za-z_][A-Za-z0-9_.]{0,40}\\}|%[A-Za-z_]{1,32}%|<[A-Za-z][A-Za-z _-]{0,40}>)";
const WHOLE_REFERENCE = new RegExp(`^${REFERENCE}$`);
const FIRST_REFERENCE = new RegExp(`^${REFERENCE}(?=[\\s"'\`,;&)\\]}]|$)`);
const MASK = /^(?:\*+|x{3,}|\.{3}|…|•+)$/i;
const PATH = /^(?:[/~.\\]|[A-Za-z]:[\\/])/;
const MAX_HARMLESS = 80;

// First words after `password:` that make it a sentence, a type or a state, not a password.
const WORDS = new Set(
  (
    "null none nil undefined true false string str number int integer boolean bool any unknown void never bytes object array " +
    "include omit same-origin required optional enabled disabled yes no missing invalid expired incorrect wrong valid hidden " +
    "redacted masked unset empty rejected denied accepted failed succeeded changed updated rotated revoked the a an this that " +
    "these those is are was were be been must should shall can cannot may might will would has have had do does did not in on at " +
    "of or and for from with by to as if when where which who how why what it its your you we our they please enter use used " +
    "inherit read write using flag option options argument parameter see set get type reset create provide ensure make check never always only both either"
  ).split(" "),
);
const ENVIRONMENT = /^(?:process\.env|os\.(?:environ|getenv)|import\.meta\.env|System\.getenv|Deno\.env)\b/;
// `getToken()`, `await login(user)`, `process.env.KEY`, `os.environ["KEY"]`, `config.password`.
const CODE =
  /^(?:await$|new$|async$|function$|typeof$|return$|(?:process|os|env|environ|config|settings|self|this|req|request|ctx|context|args|options|opts|params|props|input|secrets|vars|data|event|user|body|response|result|import|System|Deno|Bun)[.[]|[A-Za-z_$][\w$.]{0,60}\(|[([{](?:$|["'`)\]}]))/;

/** Whether a value under a secret name stands for a secret, or hides one already, but is none. */
export function isHarmlessValue(value: string): boolean {
  if (value.trim() === "") return true;
  return value.length <= MAX_HARMLESS && (isPlaceholder(value) || MASK.test(value) || WHOLE_REFERENCE.test(value));
}

/** Whether a value without quotes starts with such a stand-in, and nothing else follows it in the same word. */
export function startsWithReference(text: string): boolean {
  return FIRST_REFERENCE.test(text);
}

/** Whether a value without quotes is a word of a sentence or a keyword of a language. Never for a value of many characters. */
export function isPlainWord(value: string): boolean {
  return value.length <= 12 && WORDS.has(value.replace(/[.,;:!?)\]}*]+$/, "").toLowerCase());
}

/** Whether a value without quotes reads like an expression of a programming language; without blanks around its sign only like few. */
export function isExpression(value: string, spaced: boolean): boolean {
  return (spaced ? CODE : ENVIRONMENT).test(value);
}

/** Whether a value is a path, as that of the variable `PWD` is. */
export function isPathValue(value: string): boolean {
  return PATH.test(value);
}
