/** Tests how instants are written, and how durations are written in flags and in sentences. */
import { expect } from "chai";
import fc from "fast-check";
import {
  durationMs,
  epochMs,
  formatDuration,
  isoTime,
  parseDuration,
  parseIsoTime,
  roundedDuration,
} from "../../src/base/time.ts";
import { propertyCases } from "../support/test-all.ts";

describe("isoTime", () => {
  it("writes any instant like Date.toISOString, in any order of the instants (isoTime keeps the text of the last day it wrote)", () => {
    const instant = fc.oneof(
      fc.double({ min: -1e12, max: 3e14, noNaN: true }),
      fc.integer({ min: 1_764_000_000_000, max: 1_765_000_000_000 }),
    );
    fc.assert(
      fc.property(fc.array(instant, { minLength: 1 }), (instants) => {
        expect(instants.map((one) => isoTime(epochMs(one)))).to.deep.equal(
          instants.map((one) => new Date(one).toISOString()),
        );
      }),
      propertyCases(1_000),
    );
  });

  it("refuses what is no instant, like Date.toISOString", () => {
    for (const one of [NaN, Infinity, 9e15]) expect(() => isoTime(epochMs(one))).to.throw(RangeError);
  });
});

describe("formatDuration", () => {
  const forms = [
    [0, "0ms"],
    [1, "1ms"],
    [999, "999ms"],
    [1_000, "1s"],
    [1_234, "1234ms"],
    [1_500, "1.5s"],
    [59_999, "59999ms"],
    [60_000, "60s"],
    [90_000, "90s"],
    [120_000, "2m"],
    [120_500, "120.5s"],
    [3_600_000, "1h"],
    [5_400_000, "90m"],
    [86_400_000, "1d"],
    [259_200_000, "3d"],
    [0.5, "0.5ms"],
  ] as const;
  for (const [length, wanted] of forms) {
    it(`writes ${length} ms as ${wanted}`, () => expect(formatDuration(durationMs(length))).to.equal(wanted));
  }

  it("writes every duration as a text that is read back as the same duration", () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000_000_000 }), (length) => {
        expect(parseDuration(formatDuration(durationMs(length)))).to.equal(length);
      }),
      propertyCases(2_000),
    );
  });
});

describe("roundedDuration", () => {
  const roundings = [
    [0.4, "0ms"],
    [41.2, "41ms"],
    [999.4, "999ms"],
    [1_234, "1.2s"],
    [5_987, "6s"],
    [4_690, "4.7s"],
    [119_960, "2m"],
  ] as const;
  for (const [length, wanted] of roundings) {
    it(`rounds ${length} ms to ${wanted}`, () =>
      expect(formatDuration(roundedDuration(durationMs(length)))).to.equal(wanted));
  }
});

describe("parseIsoTime", () => {
  const zone = process.env["TZ"];
  afterEach(() => {
    if (zone === undefined) delete process.env["TZ"];
    else process.env["TZ"] = zone;
  });

  for (const text of [
    "2026-11-25T10:00:00.250Z",
    "2026-11-25T11:00:00.250+01:00",
    "2026-11-25T10:00:00.250",
    "2026-11-25 10:00:00.250",
    "2026-11-25T10:00:00.250000",
  ])
    it(`reads ${text} as the same instant on every machine`, () => {
      process.env["TZ"] = "America/New_York";
      expect(parseIsoTime(text)).to.equal(Date.UTC(2026, 10, 25, 10, 0, 0, 250));
    });
});
