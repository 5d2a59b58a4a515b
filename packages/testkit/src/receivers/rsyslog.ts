import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { configurationFile, installedFile } from "./receiver-files.ts";
import { type Receiver, type ReceiverKind, type ReceiverOptions, startReceiver } from "./receiver.ts";

/**
 * `tcp`, `tcp6`, `tls` and `mutualTls` take newlines and octet counting, told apart frame by frame. `udp6` and `tcp6` are
 * on `::1`, all others on 127.0.0.1. `tls` checks no client certificate and offers TLS 1.2 at most; `relpTls` checks it as
 * `mutualTls` does.
 */
export type RsyslogInput = "udp" | "udp6" | "tcp" | "tcp6" | "tls" | "mutualTls" | "relp" | "relpTls";

export interface RsyslogOptions extends ReceiverOptions<RsyslogInput> {
  /**
   * Its main queue: `memory` as distributions ship it, of which a kill takes everything with it, or `direct`, by which a
   * message is written as soon as it is read. Default `memory`.
   */
  readonly queue?: "memory" | "direct";
}

/** Starts rsyslogd. It escapes control characters, in `rawmsg` too. */
export function startRsyslog({ queue = "memory", ...options }: RsyslogOptions): Promise<Receiver<RsyslogInput>> {
  return startReceiver(rsyslog(queue === "memory" ? "FixedArray" : "Direct"), options);
}

function rsyslog(queueType: string): ReceiverKind<RsyslogInput> {
  return {
    name: "rsyslog",
    inputs: {
      udp: "udp",
      udp6: "udp",
      tcp: "tcp",
      tcp6: "tcp",
      tls: "tcp",
      mutualTls: "tcp",
      relp: "tcp",
      relpTls: "tcp",
    },
    maxMessageBytes: 8192,
    launch: () => ({
      command: installedFile("usr/sbin/rsyslogd"),
      args: ["-n", "-iNONE", "-M", moduleFolder(), "-f", configurationFile("rsyslog.conf")],
      env: { QUEUE_TYPE: queueType },
    }),
  };
}

// usr/lib/x86_64-linux-gnu/rsyslog, by the machine's architecture.
function moduleFolder(): string {
  const libraries = installedFile("usr/lib");
  const architecture = readdirSync(libraries).find((name) => name.includes("-linux-gnu")) ?? "";
  return dirname(installedFile(`usr/lib/${architecture}/rsyslog/imtcp.so`));
}
