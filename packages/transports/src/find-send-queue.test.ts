import { expect, test } from "vitest";
import { findSendQueue } from "./find-send-queue.ts";

const TABLE = `\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0277 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 23042 1 0000000000000000 100 0 0 10 0
   1: 0100007F:C4E2 0100007F:0202 01 001C8F30:00000005 04:00000019 00000000  1000        0 23043 2 0000000000000000 20 4 30 10 -1
   2: 0100007F:0202 0100007F:C4E2 01 00000000:0001F550 00:00000000 00000000  1000        0 23044 1 0000000000000000 20 4 30 10 -1
   3: 0500A8C0:A001 0A0000C6:1F90 04 00000001:00000000 01:00000014 00000003  1000        0 23045 2 0000000000000000 20 4 30 10 -1
`;

const TABLE6 = `\
  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000001000000:C4E3 00000000000000000000000001000000:192A 01 00000141:00000000 01:00000014 00000000  1000        0 23046 2 0000000000000000 20 4 30 10 -1
   1: 0000000000000000FFFF00000100007F:C4E4 0000000000000000FFFF00000100007F:192A 01 00000142:00000000 01:00000014 00000000  1000        0 23047 2 0000000000000000 20 4 30 10 -1
   2: B80D0120785634120000000001EFCDAB:C4E5 B80D01200000000000000000FF000000:192A 01 00000143:00000000 01:00000014 00000000  1000        0 23048 2 0000000000000000 20 4 30 10 -1
   3: 000080FE00000000FF0FA2AE0200FEFF:C4E6 000080FE000000000000000001000000:192A 01 00000144:00000000 01:00000014 00000000  1000        0 23049 2 0000000000000000 20 4 30 10 -1
`;

test.each([
  ["127.0.0.1", 50_402, "127.0.0.1", 514, TABLE, 1_871_664],
  ["127.0.0.1", 514, "127.0.0.1", 50_402, TABLE, 0],
  ["192.168.0.5", 40_961, "198.0.0.10", 8080, TABLE, 1],
  ["::1", 50_403, "::1", 6442, TABLE6, 0x141],
  ["::ffff:127.0.0.1", 50_404, "::ffff:127.0.0.1", 6442, TABLE6, 0x142],
  ["::ffff:7f00:1", 50_404, "0:0:0:0:0:FFFF:7F00:1", 6442, TABLE6, 0x142],
  ["2001:db8:1234:5678::abcd:ef01", 50_405, "2001:db8::ff", 6442, TABLE6, 0x143],
  ["fe80::aea2:fff:fffe:2%eth0", 50_406, "fe80::1%eth0", 6442, TABLE6, 0x144],
])("%s port %d to %s port %d", (local, localPort, remote, remotePort, table, bytes) => {
  const found = findSendQueue(table, { address: local, port: localPort }, { address: remote, port: remotePort });
  expect(found).toBe(bytes);
});

test.each([
  ["another port", { address: "127.0.0.1", port: 50_403 }, { address: "127.0.0.1", port: 514 }],
  ["another address", { address: "127.0.0.2", port: 50_402 }, { address: "127.0.0.1", port: 514 }],
  ["a name", { address: "localhost", port: 50_402 }, { address: "127.0.0.1", port: 514 }],
  ["five numbers", { address: "127.0.0.1.1", port: 50_402 }, { address: "127.0.0.1", port: 514 }],
  ["a number above 255", { address: "127.0.0.256", port: 50_402 }, { address: "127.0.0.1", port: 514 }],
  ["too few groups", { address: "1:2:3", port: 50_402 }, { address: "::1", port: 514 }],
  ["too many groups", { address: "1:2:3:4:5:6:7:8:9", port: 50_402 }, { address: "::1", port: 514 }],
  ["two gaps", { address: "1::2::3", port: 50_402 }, { address: "::1", port: 514 }],
  ["a gap of nothing", { address: "1:2:3:4::5:6:7:8", port: 50_402 }, { address: "::1", port: 514 }],
  ["a group of five digits", { address: "::12345", port: 50_402 }, { address: "::1", port: 514 }],
])("%s is not found", (_name, local, remote) => {
  expect(findSendQueue(TABLE + TABLE6, local, remote)).toBeUndefined();
});

test("a table that is cut off or no table tells nothing", () => {
  const ends = [
    { address: "127.0.0.1", port: 50_402 },
    { address: "127.0.0.1", port: 514 },
  ] as const;
  expect(findSendQueue("", ...ends)).toBeUndefined();
  expect(findSendQueue(TABLE.slice(0, TABLE.indexOf("001C8F30") + 4), ...ends)).toBeUndefined();
});
