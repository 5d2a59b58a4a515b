const CLIENT_CERTIFICATE = "the client certificate of tls.certFile";

/** What to do about an alert of the server, by its name in RFC 8446 §6 in capitals. */
const ADVICE: Readonly<Record<string, string>> = {
  ACCESS_DENIED: `the server knows ${CLIENT_CERTIFICATE}, but does not let it in; have the server permit it`,
  BAD_CERTIFICATE: `the server refused ${CLIENT_CERTIFICATE} as bad; check that it is whole, and that the server permits it`,
  CERTIFICATE_EXPIRED: `the server finds ${CLIENT_CERTIFICATE} expired or not yet valid; renew it, or check the clocks of both hosts`,
  CERTIFICATE_REQUIRED: "the server wants a client certificate; set tls.certFile and tls.keyFile",
  CERTIFICATE_REVOKED: `the server finds ${CLIENT_CERTIFICATE} revoked; get a new one`,
  CERTIFICATE_UNKNOWN: `the server refused ${CLIENT_CERTIFICATE}; have the server permit it`,
  DECRYPT_ERROR: `the server could not verify the signature of ${CLIENT_CERTIFICATE}; check that it has not been replaced by half`,
  HANDSHAKE_FAILURE:
    "the server found no common ground; it may want a client certificate (tls.certFile, tls.keyFile), or only ciphers that we do not offer",
  INSUFFICIENT_SECURITY: "the server asks for stronger ciphers or keys than we offer; check its settings",
  INTERNAL_ERROR: "the server failed; see its log",
  PROTOCOL_VERSION: "the server does not speak the TLS version of tls.minVersion; have the server speak a newer one",
  UNKNOWN_CA: `the server does not trust the issuer of ${CLIENT_CERTIFICATE}; have the server trust it, or use one of an authority that it trusts`,
  UNRECOGNIZED_NAME: "the server does not serve the name that was asked for; set tls.servername to one that it does",
  UNSUPPORTED_CERTIFICATE: `the server cannot use ${CLIENT_CERTIFICATE}; get one with a key and a purpose (clientAuth) that it takes`,
};

/** Whether an OpenSSL code stands for an alert of the peer (RFC 8446 §6). */
export function isAlert(reason: string): boolean {
  return readAlert(reason) !== undefined;
}

/** What to do about an alert, by the code that OpenSSL gives it. Nothing for other codes, and for alerts that need no more words. */
export function adviseOnAlert(reason: string): string | undefined {
  return ADVICE[readAlert(reason) ?? ""];
}

// The text before the name depends on the version of OpenSSL. One alert is spelled without the word.
function readAlert(reason: string): string | undefined {
  return /^ERR_SSL_.*_ALERT_(\w+)$/.exec(reason)?.[1] ?? /^ERR_SSL_\w+_(UNRECOGNIZED_NAME)$/.exec(reason)?.[1];
}
