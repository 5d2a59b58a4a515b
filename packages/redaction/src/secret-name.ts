import { placeholderZones } from "./placeholder.ts";

/**
 * What a name says of its value. `secret`: the whole value is one. `token`: the same, but a number there is a count. `header`:
 * the value is all the rest of a header line.
 */
export type SecretName = "secret" | "token" | "header";

const MAX_NAME = 128;
// Whether any of the words below can be in a name: most names end here.
const CANDIDATE =
  /pass|pwd|_pw|kennwort|contrase|secret|token|key|cookie|cred|authorization|auth|bearer|jwt|otp|cvv|cvc|mnemonic|phrase|code/i;
const NAME = /^[\p{L}\p{N}_\-.:$ /@[\]]+$/u;
const WORDS = /[\p{Lu}]+(?![\p{Ll}])|\p{Lu}?\p{Ll}+|\p{N}+/gu;

// What may stand behind the word that counts: `password_confirmation`, `SECRET_KEY_BASE`, `api_token_prod`, `token2`.
const TRAILING = new Set(
  (
    "value values val raw plain plaintext string str b64 base64 encoded encrypted hash hashed old new current previous prod " +
    "production staging dev test live primary secondary default base confirm confirmation again repeat env var header param data " +
    "bytes pem main backup x"
  ).split(" "),
);
const SECRET_END =
  /(?:passwor[dt]|passwd|passphrase|passcode|kennwort|contraseña|contrasena|pwd|secret|credential|creds?)s?$/;
const TOKEN_END = /(?:token|jwt|bearer)$/;
const HEADER_END = /^(?:authorization|cookies?)$|(?:cookie|authorization)$/;
const KEY_END = /(?:api|secret|private|access|account|auth|encryption|decryption|signing|master|license)keys?$/;
const KEY_QUALIFIERS = new Set(
  (
    "api secret access private account auth app application client consumer encryption decryption signing sign master root hmac " +
    "shared storage service services function functions subscription deploy integration ingest ingestion write admin webhook " +
    "license vault fernet aes rsa cipher crypto jwt bot wallet"
  ).split(" "),
);
const PASS_QUALIFIERS = new Set(
  "db database smtp imap mail email user redis ftp sftp ssh mysql pg postgres admin root my http basic proxy".split(
    " ",
  ),
);
const TOKENS_QUALIFIERS = new Set(
  "access refresh auth api bearer oauth personal bot device secret session csrf".split(" "),
);
// Tokens of a model or a parser, and amounts of them.
const TOKEN_MODIFIERS = new Set(
  "bos eos pad unk sep cls mask stop special per last current max min num total avg input output prompt completion unexpected".split(
    " ",
  ),
);
const AUTH_QUALIFIERS = new Set("basic http proxy npm docker registry".split(" "));
const CODE_QUALIFIERS = new Set("auth authorization recovery verification backup otp mfa totp pass pin".split(" "));
const ALONE = new Set("otp totp cvv cvv2 cvc cvc2 mnemonic".split(" "));

/** What a field name, header, variable or parameter says of its value; undefined for one that says nothing. */
export function secretName(name: string): SecretName | undefined {
  if (name.length > MAX_NAME || !CANDIDATE.test(name) || !NAME.test(name)) return undefined;
  if (placeholderZones(name).length > 0) return undefined;
  if (/^_(?:auth|password)$/.test(name)) return "secret"; // npm
  const words = wordsOf(name);
  while (words.length > 1 && isTrailing(words.at(-1) ?? "")) words.pop();
  const last = words.at(-1) ?? "";
  return byLastWord(last, words.at(-2) ?? "");
}

function wordsOf(name: string): string[] {
  return Array.from(name.normalize("NFC").matchAll(WORDS), ([word]) => word.toLowerCase());
}

function isTrailing(word: string): boolean {
  return TRAILING.has(word) || /^[0-9]/.test(word);
}

function byLastWord(last: string, before: string): SecretName | undefined {
  if (HEADER_END.test(last)) return "header";
  if (SECRET_END.test(last) || KEY_END.test(last) || ALONE.has(last)) return "secret";
  if (TOKEN_END.test(last)) return TOKEN_MODIFIERS.has(before) ? undefined : "token";
  if (last === "tokens") return TOKENS_QUALIFIERS.has(before) ? "token" : undefined;
  const isSecret =
    (/^keys?$/.test(last) && KEY_QUALIFIERS.has(before)) ||
    (/^(?:pass|pw)$/.test(last) && PASS_QUALIFIERS.has(before)) ||
    (last === "auth" && AUTH_QUALIFIERS.has(before)) ||
    (/^codes?$/.test(last) && CODE_QUALIFIERS.has(before)) ||
    (last === "phrase" && /^(?:seed|pass|recovery)$/.test(before)) ||
    (last === "signature" && /^(?:access|amz|goog)$/.test(before)) ||
    (last === "id" && before === "secret");
  return isSecret ? "secret" : undefined;
}
