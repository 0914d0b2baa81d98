/** Tests how a machine's plain-text log is read by the patterns of `--peer-log-pattern`. */
import { expect } from "chai";
import { parseLogPattern } from "../../../src/logs/servers/log-pattern.ts";
import { LogClock } from "../../../src/logs/servers/log-clock.ts";
import { patterned } from "../../../src/logs/servers/patterned.ts";

function read(lines: readonly string[], ...patterns: readonly RegExp[]): readonly string[] {
  const said: string[] = [];
  const reader = patterned(patterns).reader?.(new LogClock("UTC", null), {
    record: ({ time, event, connection, remote, server }) =>
      said.push(
        [time, event, connection, remote, server?.client, server?.resolutionMs]
          .filter((one) => one != null)
          .join(" "),
      ),
    lost: (line) => said.push(`lost: ${line}`),
  });
  for (const line of lines) reader?.line(line);
  reader?.finish();
  return said;
}

describe("a machine's log, by --peer-log-pattern", () => {
  it("is read by the first pattern that fits; lines that no pattern fits are skipped", () => {
    const lines = [
      "2026-11-25 01:02:00.000 firmware 3",
      "2026-11-25 01:02:03.456 [7] CONNECTED from gateway-1",
      "2026-11-25 01:02:09.120 [8] slot taken, dropping client",
      "2026-11-25 01:02:31.007 [7] DISCONNECTED",
    ];
    const patterns = [
      /^(?<time>\S+ \S+) \[(?<connection>\d+)\] (?<event>CONNECTED|DISCONNECTED)(?: from (?<client>\S+))?/,
      /^(?<time>\S+ \S+) \[(?<connection>\d+)\] (?<refused>slot taken)/,
    ];
    expect(read(lines, ...patterns)).to.deep.equal([
      "2026-11-25T01:02:03.456Z accepted 1 gateway-1 1",
      "2026-11-25T01:02:09.120Z refused 2 1",
      "2026-11-25T01:02:31.007Z closed 1 gateway-1 1",
    ]);
  });

  it("has addresses as connections, comma before the fraction, zones and seconds since 1970", () => {
    const pattern = /^(?<time>.+?) (?<event>[a-z]+) (?<connection>\S+)$/;
    const lines = [
      "2026-11-25T01:02:03,4+01:00 connect 10.0.0.5:4001",
      "1795564924.25 reset 10.0.0.5:4001",
      "1795564924250 busy 10.0.0.6:4002",
    ];
    expect(read(lines, pattern)).to.deep.equal([
      "2026-11-25T00:02:03.400Z accepted 1 10.0.0.5:4001 100",
      "2026-11-25T00:02:04.250Z reset 1 10.0.0.5:4001 100",
      "2026-11-25T00:02:04.250Z refused 2 10.0.0.6:4002 100",
    ]);
  });

  it("ends the only open connection if no line names one, and forgets all when the machine started", () => {
    const pattern = /^(?<time>\S+) (?<event>\w+)/;
    const at = "2026-11-25T01:02:03Z";
    expect(
      read([`${at} open`, `${at} close`, `${at} open`, `${at} started`, `${at} close`], pattern),
    ).to.deep.equal([
      "2026-11-25T01:02:03.000Z accepted 1 1000",
      "2026-11-25T01:02:03.000Z closed 1 1000",
      "2026-11-25T01:02:03.000Z accepted 2 1000",
      "2026-11-25T01:02:03.000Z ready 1000",
    ]);
  });

  it("loses an end that names no connection if it can be that of several, or of a refused client", () => {
    const pattern = /^(?<time>\S+) (?<event>\w+)/;
    const at = "2026-11-25T01:02:03.000Z";
    expect(read([`${at} open`, `${at} busy`, `${at} close`], pattern).at(-1)).to.equal(`lost: ${at} close`);
    expect(read([`${at} open`, `${at} open`, `${at} close`], pattern).at(-1)).to.equal(`lost: ${at} close`);
  });

  it("loses a line without a known word or time, and its number stays missing", () => {
    const pattern = /^(?<time>\S+) (?<event>\w+)/;
    const at = "2026-11-25T01:02:03.000Z";
    expect(read([`${at} open`, `${at} purged`, "yesterday close", `${at} busy`], pattern)).to.deep.equal([
      `${at} accepted 1 1`,
      `lost: ${at} purged`,
      "lost: yesterday close",
      `${at} refused 4 1`,
    ]);
  });

  for (const [given, expected] of [
    ["(", /^a regular expression \(/],
    ["^(?<time>.*)$", /^the named groups time and event /],
    ["(?<time>.)(?<event>.)(?<port>.)", /, not port$/],
  ] as const)
    it(`refuses the pattern ${given}`, () => {
      expect(parseLogPattern(given)).to.match(expected);
    });
});
