import { chainedFields } from "@clawmetry/siem-events";
import { hostileEvent, hostileText, PROPERTY_SEED } from "@clawmetry/siem-testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { EventPlace } from "./chain-report.ts";
import type { StampedEvent } from "./stamp-event.ts";
import { stampEvents } from "./stamp-events.ts";
import { verifyChain } from "./verify-chain.ts";

const runs = { seed: PROPERTY_SEED, numRuns: 300 };
const field = fc.oneof(fc.constantFrom(null, ""), hostileText());

/** A chain of one node with as many events as `minLength`, or some more. Every id is there once. */
function chains(minLength: number): fc.Arbitrary<readonly StampedEvent[]> {
  const event = fc.record({ event_type: hostileText(), ts: fc.oneof(fc.nat(), hostileText()), session_id: field });
  return fc
    .array(event, { minLength, maxLength: minLength + 8 })
    .map((events) => stampEvents(events.map((given, index) => ({ ...given, id: `e${index}`, node_id: "n" }))).events);
}

function idsOf(places: readonly (EventPlace | null)[] = []): readonly (string | null | undefined)[] {
  return places.map((place) => place?.id);
}

test("what was stamped is valid, whichever nodes it is of", async () => {
  const events = fc.array(fc.record({ id: fc.uuid(), node_id: fc.constantFrom("a", "b", "", "__proto__") }));
  await fc.assert(
    fc.asyncProperty(events, async (given) => {
      const { events: stamped, heads } = stampEvents(given);
      const { status, verified } = await verifyChain(stamped, { heads });
      expect([status, verified]).toEqual([given.length === 0 ? "empty" : "valid", given.length]);
    }),
    runs,
  );
});

test("any change of any chained field of any event is told of exactly that event", async () => {
  await fc.assert(
    fc.asyncProperty(
      chains(1),
      fc.nat(),
      fc.constantFrom(...chainedFields),
      hostileText(),
      async (chain, at, key, to) => {
        const index = at % chain.length;
        const changed = `${to}changed`;
        const copy = chain.map((event, other) => (other === index ? { ...event, [key]: changed } : event));
        const { status, verified, nodes } = await verifyChain(copy);
        expect([status, verified]).toEqual(["invalid", chain.length - 1]);
        const position = index + 1;
        expect(nodes.flatMap(({ altered }) => altered)).toEqual([
          { id: key === "id" ? changed : `e${index}`, position, changed: "unknown" },
        ]);
        expect(nodes.flatMap(({ missing, forks, reordered }) => [...missing, ...forks, ...reordered])).toEqual([]);
      },
    ),
    runs,
  );
});

test("any event that was deleted is missing between its neighbours", async () => {
  await fc.assert(
    fc.asyncProperty(chains(2), fc.nat(), async (chain, at) => {
      const index = at % (chain.length - 1);
      const { status, nodes } = await verifyChain(chain.filter((_event, other) => other !== index));
      expect(status).toBe("invalid");
      expect(nodes[0]?.missing).toEqual([
        {
          previousHash: chain[index]?.chain_hash,
          after: index === 0 ? null : { id: `e${index - 1}`, position: index },
          before: { id: `e${index + 1}`, position: index + 1 },
        },
      ]);
      expect(nodes[0]?.altered).toEqual([]);
    }),
    runs,
  );
});

test("two neighbours that were swapped are valid, and the one that is early is told", async () => {
  await fc.assert(
    fc.asyncProperty(chains(2), fc.nat(), async (chain, at) => {
      const index = at % (chain.length - 1);
      const [early, late] = [chain[index + 1], chain[index]];
      const { status, nodes } = await verifyChain([...chain.slice(0, index), early, late, ...chain.slice(index + 2)]);
      expect(status).toBe("valid");
      expect(nodes[0]?.reordered).toEqual([{ id: `e${index + 1}`, position: index + 1 }]);
    }),
    runs,
  );
});

test("in any order a chain is valid and has the same head", async () => {
  const shuffled = chains(1).chain((chain) =>
    fc.tuple(fc.constant(chain), fc.shuffledSubarray([...chain], { minLength: chain.length })),
  );
  await fc.assert(
    fc.asyncProperty(shuffled, async ([chain, mixed]) => {
      const { status, verified, nodes } = await verifyChain(mixed);
      expect([status, verified, nodes[0]?.headHash]).toEqual(["valid", chain.length, chain.at(-1)?.chain_hash]);
    }),
    runs,
  );
});

test("any event that was replayed anywhere behind itself is told as a copy", async () => {
  await fc.assert(
    fc.asyncProperty(chains(1), fc.nat(), fc.nat(), async (chain, at, later) => {
      const index = at % chain.length;
      const place = index + 1 + (later % (chain.length - index));
      const { status, nodes } = await verifyChain([...chain.slice(0, place), chain[index], ...chain.slice(place)]);
      expect(status).toBe("valid");
      expect(nodes[0]?.duplicated).toEqual([{ id: `e${index}`, position: place + 1, first: index + 1 }]);
    }),
    runs,
  );
});

test("any start that was removed is accepted with the hash of its last event as anchor", async () => {
  await fc.assert(
    fc.asyncProperty(chains(2), fc.nat(), async (chain, at) => {
      const pruned = 1 + (at % (chain.length - 1));
      const rest = chain.slice(pruned);
      const anchors = { n: String(chain[pruned - 1]?.chain_hash) };
      expect((await verifyChain(rest)).status).toBe("invalid");
      expect(await verifyChain(rest, { anchors })).toMatchObject({ status: "valid", verified: rest.length });
    }),
    runs,
  );
});

test("nothing that is given for an event makes it fail, and the report is plain JSON", async () => {
  const hash = fc.constantFrom("0".repeat(64), "a".repeat(64), "x", 5, null);
  const hostile = fc
    .tuple(hostileEvent(), hash, hash)
    .map(([event, chain_hash, chain_prev_hash]) => ({ ...event, chain_hash, chain_prev_hash }));
  const anything = fc.oneof({ weight: 4, arbitrary: hostile }, { weight: 1, arbitrary: fc.anything() });
  await fc.assert(
    fc.asyncProperty(fc.array(anything, { maxLength: 6 }), async (events) => {
      const report = await verifyChain(events, { changed: () => ["id"] });
      expect(report.events).toBe(events.length);
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
      const { nodes } = report;
      const named = nodes.flatMap(({ altered, unverifiable }) => idsOf([...altered, ...unverifiable]));
      expect(named.length + report.verified + nodes.flatMap(({ duplicated }) => duplicated).length).toBeLessThanOrEqual(
        events.length,
      );
    }),
    { seed: PROPERTY_SEED, numRuns: 150 },
  );
});

test("proxies and getters that throw are events in no chain", async () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const throwing = {
    get chain_hash(): string {
      throw new Error("no");
    },
  };
  const thenable = {
    then: (resolve: (value: unknown) => void): void => {
      resolve(undefined);
    },
  };
  expect(await verifyChain([proxy, throwing, thenable])).toMatchObject({ status: "empty", events: 3, checked: 0 });
});
