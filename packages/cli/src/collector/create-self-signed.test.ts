import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { createSelfSigned } from "./create-self-signed.ts";

test("every certificate has a subject of its own", async () => {
  const subjects = [await createSelfSigned(), await createSelfSigned()].map(
    ({ cert }) => new X509Certificate(cert).subject,
  );
  for (const subject of subjects) expect(subject).toMatch(/^CN=clawmetry-siem listen [0-9a-f]{8}$/);
  expect(new Set(subjects).size).toBe(2);
});
