import { expect } from "chai";
import { parseReadyLine } from "../../src/domain/ready-line.ts";

describe("a ready line", () => {
  for (const [title, line, expected] of [
    [
      "of the engine",
      '{"event":"ready","endpoint":"http://127.0.0.1:3001","account":"1","isolation":"namespaces"}',
      { event: "ready", endpoint: "http://127.0.0.1:3001", isolation: "namespaces" },
    ],
    [
      "of an engine that names no isolation",
      '{"event":"ready","endpoint":"http://127.0.0.1:3001"}',
      { event: "ready", endpoint: "http://127.0.0.1:3001", isolation: "none" },
    ],
    [
      "of a peer",
      '{"event":"ready","time":"2026-11-25T01:00:00.000Z","host":"127.0.0.1","port":7000}',
      { event: "ready", host: "127.0.0.1", port: 7_000 },
    ],
    ["of neither", '{"event":"ready"}', null],
    ["that is another event", '{"event":"accepted","host":"127.0.0.1","port":7000}', null],
    ["that was torn", '{"event":"ready","endp', null],
    ["that is no object", "null", null],
  ] as const) {
    it(`${title} is ${expected === null ? "none" : "read"}`, () => {
      expect(parseReadyLine(line)).to.deep.equal(expected);
    });
  }
});
