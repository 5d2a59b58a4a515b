import { type LookupAddress } from "node:dns";
import { type LookupFunction } from "node:net";

/** Gives the addresses of a name, at least one. */
export type Lookup = (host: string) => Promise<readonly LookupAddress[]>;

/** The same for `connect` of Node.js, which asks for all addresses at once. */
export function toLookupFunction(lookup: Lookup): LookupFunction {
  return (host, _options, callback) => {
    void lookup(host).then(
      (addresses) => {
        callback(null, [...addresses]);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error("the lookup failed"), []);
      },
    );
  };
}
