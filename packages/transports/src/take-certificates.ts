import { X509Certificate } from "node:crypto";

// RFC 7468 §5.1, with the labels that OpenSSL takes as well.
const PEM = /-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----([^-]+)-----END \1-----/g;

/**
 * Adds the PEM certificates of a text to those found so far, by their base64, so that each counts once. What is between
 * them, and what cannot be decoded, is passed over.
 */
export function takeCertificates(text: string, found: Map<string, string>): void {
  for (const [certificate, , body = ""] of text.matchAll(PEM)) {
    const base64 = body.replace(/\s/g, "");
    if (!found.has(base64) && isCertificate(certificate)) found.set(base64, certificate);
  }
}

// OpenSSL passes over what it cannot decode too, but then trusts nobody without a word.
function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}
