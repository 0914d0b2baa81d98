import { expect } from "chai";
import { parseReadyLine } from "../../src/record/ready-line.ts";

describe("parseReadyLine", () => {
  for (const [title, line, expected] of [
    [
      "reads the ready line of the engine",
      '{"event":"ready","endpoint":"http://127.0.0.1:3001","account":"1","isolation":"namespaces"}',
      { event: "ready", endpoint: "http://127.0.0.1:3001", isolation: "namespaces" },
    ],
    [
      "reads isolation 'none' from the ready line of an engine that does not name its isolation",
      '{"event":"ready","endpoint":"http://127.0.0.1:3001"}',
      { event: "ready", endpoint: "http://127.0.0.1:3001", isolation: "none" },
    ],
    [
      "reads the ready line of a peer",
      '{"event":"ready","time":"2026-11-25T01:00:00.000Z","host":"127.0.0.1","port":7000}',
      { event: "ready", host: "127.0.0.1", port: 7_000 },
    ],
    ["returns null for a line without the members of the engine or of the peer", '{"event":"ready"}', null],
    ["returns null for a line of another event", '{"event":"accepted","host":"127.0.0.1","port":7000}', null],
    ["returns null for a line that is cut off", '{"event":"ready","endp', null],
    ["returns null for a line that is not a JSON object", "null", null],
  ] as const) {
    it(title, () => {
      expect(parseReadyLine(line)).to.deep.equal(expected);
    });
  }
});
