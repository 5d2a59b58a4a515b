import { defineConfig } from "vitest/config";

const conditions = ["@clawmetry/source", "module", "node", "development|production"];
const resolve = { resolve: { conditions }, ssr: { resolve: { conditions } } };

export default defineConfig({
  test: {
    maxWorkers: "100%",
    coverage: {
      provider: "v8",
      include: ["packages/*/src/**/*.ts"],
      exclude: ["**/*.test.ts"],
      reporter: ["text", "json-summary"],
    },
    projects: [
      {
        ...resolve,
        test: {
          name: "unit",
          // No module here has state but one, whose test takes fresh modules: a worker may keep what it has loaded.
          isolate: false,
          // Far above what any test takes: these limits end what hangs, they measure nothing.
          testTimeout: 20_000,
          include: ["packages/*/src/**/*.test.ts", "tools/**/*.test.mjs"],
          exclude: ["**/*.int.test.ts", "**/*.fault.test.ts", "**/*.fuzz.test.ts", "**/node_modules/**", "**/dist/**"],
        },
      },
      {
        ...resolve,
        test: {
          name: "fuzz",
          include: ["packages/*/src/**/*.fuzz.test.ts"],
          testTimeout: 120_000,
        },
      },
      {
        ...resolve,
        test: {
          name: "receivers",
          include: ["packages/*/src/**/*.int.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        ...resolve,
        test: {
          name: "faults",
          include: ["packages/*/src/**/*.fault.test.ts"],
          globalSetup: "tools/faults/fault-table.mjs",
          testTimeout: 180_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
