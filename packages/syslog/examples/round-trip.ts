import { createDeframer, formatRfc5424, frame, parseSyslog } from "@clawmetry/siem-syslog";

const line = formatRfc5424({
  facility: 16,
  severity: 6,
  timeMs: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  hostname: "gw01",
  appName: "clawmetry",
  procId: "4711",
  msgId: "tool.call",
  message: "ls\n<0>1 - dc01 sshd - - - forged",
});
console.log(line);

const deframer = createDeframer();
for (const bytes of deframer.push(frame(line, "octet-counting"))) {
  const { hostname, message } = parseSyslog(new TextDecoder().decode(bytes));
  console.log(hostname, message);
}

// prints:
// <134>1 2026-01-02T03:04:05.678Z gw01 clawmetry 4711 tool.call - ls <0>1 - dc01 sshd - - - forged
// gw01 ls <0>1 - dc01 sshd - - - forged
