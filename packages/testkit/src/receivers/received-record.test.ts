import { expect, test } from "vitest";
import { parseRecords } from "./received-record.ts";

test("reads a record of rsyslog as it stands", () => {
  const line =
    '{"input":"udp","from":"127.0.0.1","pri":"134","version":"1","timestamp":"2026-11-23T03:04:06.678Z",' +
    '"hostname":"h","appname":"a","procid":"1","msgid":"m","sd":"-","msg":"text","rawmsg":"<134>1 …"}\n';
  expect(parseRecords(line)).toEqual([
    {
      input: "udp",
      from: "127.0.0.1",
      pri: "134",
      version: "1",
      timestamp: "2026-11-23T03:04:06.678Z",
      hostname: "h",
      appname: "a",
      procid: "1",
      msgid: "m",
      sd: "-",
      msg: "text",
      rawmsg: "<134>1 …",
    },
  ]);
});

test("syslog-ng's tags, numbers and empty fields become the name of the input, text and the nil value", () => {
  const [record] = parseRecords('{"input":"newline,.source.newline_input","pri":134,"procid":"","msgid":"","sd":""}\n');
  expect(record).toMatchObject({ input: "newline", pri: "134", procid: "-", msgid: "-", sd: "-" });
});

test("a line without its end is left for later", () => {
  expect(parseRecords('{"msg":"one"}\n{"msg":"tw').map(({ msg }) => msg)).toEqual(["one"]);
});

test("a line that was cut and went on with the next is no record", () => {
  const text = '{"msg":"one"}\n{"msg":"tw{"msg":"three"}\n{"msg":"four"}\n';
  expect(parseRecords(text).map(({ msg }) => msg)).toEqual(["one", "four"]);
});
