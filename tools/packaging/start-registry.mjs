import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

/**
 * Serves packages (`{ manifest, tarball }`) as an npm registry on loopback. Anything else is 404, so that an install
 * succeeds only when the manifests declare all they need. Resolves to `{ url, close }`.
 */
export async function startRegistry(packages) {
  const documents = new Map();
  const tarballs = new Map();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "");
    const tarball = tarballs.get(path);
    if (tarball !== undefined) return response.end(tarball);
    const document = documents.get(path.slice(1));
    response.writeHead(document === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(document ?? { error: `${path} is not declared by any package` }));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}`;

  for (const [index, { manifest, tarball }] of packages.entries()) {
    const { name, version } = manifest;
    const bytes = readFileSync(tarball);
    const path = `/-/tarballs/${index}.tgz`;
    tarballs.set(path, bytes);
    const document = documents.get(name) ?? { name, "dist-tags": {}, versions: {} };
    document["dist-tags"].latest = version;
    document.versions[version] = { ...manifest, dist: { tarball: url + path, integrity: integrityOf(bytes) } };
    documents.set(name, document);
  }
  return { url, close: () => new Promise((resolve) => server.close(resolve)) };
}

function integrityOf(bytes) {
  return `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
}
