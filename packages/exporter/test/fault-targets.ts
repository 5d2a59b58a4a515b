import {
  type Receiver,
  type ReceiverCertificates,
  type RsyslogInput,
  type SyslogNgInput,
} from "@clawmetry/siem-testkit/receivers";
import { type SiemConfig } from "../src/siem-config.ts";

/** One way into a receiver under a fault. */
export interface FaultTarget {
  /** As the table of faults shows it. */
  readonly transport: string;
  readonly config: SiemConfig;
}

/** UDP, both framings of TCP, TLS (GnuTLS), and RELP with and without TLS into rsyslog. */
export function rsyslogTargets(
  { ports }: Receiver<RsyslogInput>,
  { caFile, client }: ReceiverCertificates,
): Record<"udp" | "newline" | "octetCounting" | "tls" | "relp" | "relpTls", FaultTarget> {
  return {
    relp: target("relp", { port: ports.relp, protocol: "relp" }),
    relpTls: target("relp-tls", { port: ports.relpTls, protocol: "relp-tls", tls: { caFile, ...client } }),
    udp: target("udp", { port: ports.udp, protocol: "udp" }),
    newline: target("tcp, newline", { port: ports.tcp, protocol: "tcp" }),
    octetCounting: target("tcp, octet-counting", { port: ports.tcp, protocol: "tcp", framing: "octet-counting" }),
    tls: target("tls", { port: ports.tls, protocol: "tcp-tls", framing: "octet-counting", tls: { caFile } }),
  };
}

/** UDP, both framings of TCP, and TLS (OpenSSL) into syslog-ng. */
export function syslogNgTargets(
  { ports }: Receiver<SyslogNgInput>,
  { caFile }: ReceiverCertificates,
): Record<"udp" | "newline" | "octetCounting" | "tls", FaultTarget> {
  return {
    udp: target("udp", { port: ports.udp, protocol: "udp" }),
    newline: target("tcp, newline", { port: ports.newline, protocol: "tcp" }),
    octetCounting: target("tcp, octet-counting", {
      port: ports.octetCounting,
      protocol: "tcp",
      framing: "octet-counting",
    }),
    tls: target("tls", { port: ports.tlsNewline, protocol: "tcp-tls", tls: { caFile } }),
  };
}

function target(transport: string, config: Omit<SiemConfig, "host">): FaultTarget {
  return { transport, config: { host: "127.0.0.1", ...config } };
}
