#!/usr/bin/env node
import { run } from "./run.ts";

process.umask(0o077); // what agents did is for the daemon's user alone
process.exitCode = await run(process.argv.slice(2), process);
