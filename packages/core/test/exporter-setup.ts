import { createExporter, type Exporter, type ExporterOptions } from "@clawmetry/siem-core";
import { fakeEffects, type FakeEffects } from "./fake-effects.ts";
import { scriptedTransport, type ScriptedTransport } from "./scripted-transport.ts";

/** An exporter of texts, with everything around it in the hands of the test. */
export interface Setup {
  readonly exporter: Exporter<string>;
  readonly transport: ScriptedTransport;
  readonly effects: FakeEffects;
}

/** Every text has severity 6, and every send succeeds until the transport is told otherwise. */
export function setup(options: Partial<ExporterOptions<string>> = {}): Setup {
  const transport = scriptedTransport();
  const effects = fakeEffects();
  const format = (text: string) => ({ text, severity: 6 });
  return { exporter: createExporter<string>({ format, transport, effects, ...options }), transport, effects };
}
