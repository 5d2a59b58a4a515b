import { createExporter, TransportError, type Transport } from "@clawmetry/siem-core";

let attempts = 0;
const flaky: Transport = {
  send: async (messages) => {
    attempts += 1;
    if (attempts === 1) throw new TransportError("cannot connect", { code: "connect", retryable: true });
    for (const message of messages) console.log(message);
    await Promise.resolve();
  },
  close: () => Promise.resolve(),
  onBreak: () => undefined,
  state: "connected",
};

const exporter = createExporter<{ readonly what: string; readonly severity: number }>({
  format: ({ what, severity }, { sequence }) => ({ text: `${sequence.number} ${what}`, severity }),
  transport: flaky,
  limits: { maxEvents: 2 },
  ownEvent: (facts) => ({ what: facts.kind === "loss" ? `lost ${facts.count}` : "alive", severity: 5 }),
});

exporter.send({ what: "tool call", severity: 6 });
exporter.send({ what: "login", severity: 5 });
exporter.send({ what: "threat blocked", severity: 2 }); // pushes out the tool call
console.log(await exporter.close());

// prints:
// 2 login
// 3 threat blocked
// 4 lost 1
// { sent: 2, dropped: 1, left: 0 }
