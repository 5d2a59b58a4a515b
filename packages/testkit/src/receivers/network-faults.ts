import { networkInterfaces } from "node:os";
import { runProgram } from "./run-program.ts";

/** What can happen to the packets of a port on loopback, for IPv4 and IPv6. Each gives what ends it, safe to call twice. */
export interface NetworkFaults {
  /** Nothing gets through in either direction: a half-open connection, and a host that answers no SYN. */
  readonly blackHole: (port: number, protocol?: "tcp" | "udp") => Promise<() => Promise<void>>;
  /** New connections get no answer. Those that exist go on. */
  readonly dropSyn: (port: number) => Promise<() => Promise<void>>;
  /** Whatever is sent to the port is answered with RST. The receiver hears nothing of it. */
  readonly reset: (port: number) => Promise<() => Promise<void>>;
  /** The firewall of the sender's own host: `send` fails with EPERM. */
  readonly forbid: (port: number) => Promise<() => Promise<void>>;
}

/** For a process started by tools/run-isolated.sh. Throws anywhere else: the rules would hit the whole machine. */
export function networkFaults(): NetworkFaults {
  const names = Object.keys(networkInterfaces());
  if (process.env["SIEM_ISOLATED"] !== "1" || names.some((name) => name !== "lo")) {
    throw new Error("network faults need a private network: npm run test:faults");
  }
  return {
    blackHole: (port, protocol = "tcp") =>
      addRules([
        ["INPUT", "-p", protocol, "--dport", String(port), "-j", "DROP"],
        ["INPUT", "-p", protocol, "--sport", String(port), "-j", "DROP"],
      ]),
    dropSyn: (port) => addRules([["INPUT", "-p", "tcp", "--syn", "--dport", String(port), "-j", "DROP"]]),
    reset: (port) =>
      addRules([["INPUT", "-p", "tcp", "--dport", String(port), "-j", "REJECT", "--reject-with", "tcp-reset"]]),
    forbid: (port) => addRules([["OUTPUT", "-p", "udp", "--dport", String(port), "-j", "DROP"]]),
  };
}

async function addRules(rules: readonly (readonly string[])[]): Promise<() => Promise<void>> {
  const commands = ["iptables", "ip6tables"];
  const change = async (action: "-A" | "-D") => {
    for (const command of commands) for (const rule of rules) await runProgram(command, ["-w", action, ...rule]);
  };
  await change("-A");
  let ended: Promise<void> | undefined;
  return () => (ended ??= change("-D"));
}
