import { join } from "node:path";
import { configurationFile, installedFile } from "./receiver-files.ts";
import { type Receiver, type ReceiverKind, type ReceiverOptions, startReceiver } from "./receiver.ts";

/** Every stream input takes one framing only. `udp6` is on `::1`, all others on 127.0.0.1. */
export type SyslogNgInput =
  | "udp"
  | "udp6"
  | "newline"
  | "octetCounting"
  | "tlsNewline"
  | "tlsOctetCounting"
  | "mutualTlsNewline"
  | "mutualTlsOctetCounting";

/** Starts syslog-ng. `rawmsg` is what was received, byte for byte. */
export function startSyslogNg(options: ReceiverOptions<SyslogNgInput>): Promise<Receiver<SyslogNgInput>> {
  return startReceiver(syslogNg(), options);
}

function syslogNg(): ReceiverKind<SyslogNgInput> {
  return {
    name: "syslog-ng",
    inputs: {
      udp: "udp",
      udp6: "udp",
      newline: "tcp",
      octetCounting: "tcp",
      tlsNewline: "tcp",
      tlsOctetCounting: "tcp",
      mutualTlsNewline: "tcp",
      mutualTlsOctetCounting: "tcp",
    },
    maxMessageBytes: 65_536,
    launch: (folder) => ({
      command: installedFile("usr/sbin/syslog-ng"),
      args: [
        ...["--foreground", "--stderr", "--no-caps", "--cfgfile", configurationFile("syslog-ng.conf")],
        ...["--persist-file", join(folder, "persist"), "--control", join(folder, "control")],
        ...["--pidfile", join(folder, "pid")],
      ],
      // Built for /usr: both say where it was unpacked instead.
      env: { SYSLOGNG_PREFIX: installedFile("usr"), LD_LIBRARY_PATH: installedFile("usr/lib/syslog-ng") },
    }),
  };
}
