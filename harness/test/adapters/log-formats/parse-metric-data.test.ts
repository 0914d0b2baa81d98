/** Tests that the output of `aws cloudwatch get-metric-data` is read, or is refused with a message about what was expected. */
import { expect } from "chai";
import fc from "fast-check";
import { readMetricFile } from "../../../src/adapters/log-formats/read-metric-file.ts";
import { parseMetricData } from "../../../src/adapters/log-formats/parse-metric-data.ts";
import { propertyCases } from "../../support/test-all.ts";

const T10 = "2026-11-25T10:00:00+00:00";
const T11 = "2026-11-25T10:01:00+00:00";
const result = (Id: string, changes: object = {}): object => ({
  Id,
  Label: "whatever",
  Timestamps: [T11, T10],
  Values: [3, 12],
  StatusCode: "Complete",
  ...changes,
});
const answer = (...MetricDataResults: readonly unknown[]): string =>
  JSON.stringify({ MetricDataResults, Messages: [] });
const POINTS = [
  { time: "2026-11-25T10:00:00.000Z", invocations: 12, errors: 12 },
  { time: "2026-11-25T10:01:00.000Z", invocations: 3, errors: 3 },
];

describe("the output of get-metric-data", () => {
  for (const [title, results] of [
    ["the ids of the documentation", [result("invocations"), result("errors")]],
    ["CloudWatch's own labels", [result("m1", { Label: "Invocations" }), result("m2", { Label: "Errors" })]],
    [
      "labels with a function's name and a statistic",
      [result("m1", { Label: "Errors Invocations Sum" }), result("m2", { Label: "Invocations Errors Sum" })],
    ],
    [
      "results of several pages, which the AWS CLI does not join, and other metrics",
      [
        result("invocations", { Timestamps: [T10], Values: [12], StatusCode: "PartialData" }),
        result("throttles", { Label: "Throttles" }),
        result("errors"),
        result("invocations", { Timestamps: [T11], Values: [3] }),
      ],
    ],
    [
      "times as numbers of seconds in one result, and in the other as texts, in UTC or in another zone",
      [
        result("invocations", { Timestamps: [1_795_600_860, 1_795_600_800] }),
        result("errors", { Timestamps: ["2026-11-25T10:01:00Z", "2026-11-25T11:00:00+01:00"] }),
      ],
    ],
  ] as const)
    it(`is read if it has ${title}`, () => {
      expect(parseMetricData(answer(...results))).to.deep.equal({ ok: true, value: POINTS });
    });

  it("is read even if it has no points for the metric Errors", () => {
    const none = { Timestamps: [], Values: [] };
    expect(parseMetricData(answer(result("invocations"), result("errors", none)))).to.deep.equal({
      ok: true,
      value: POINTS.map((point) => ({ ...point, errors: null })),
    });
    expect(parseMetricData(answer(result("invocations", none), result("errors", none)))).to.deep.equal({
      ok: true,
      value: [],
    });
  });

  const errors = result("errors");
  for (const [title, text, wanted] of [
    ["a table", "-----\n|GetMetricData|", /^JSON with MetricDataResults/],
    ["an empty file", "", /^JSON with MetricDataResults/],
    ["another answer", '{"Datapoints": []}', /^JSON with MetricDataResults/],
    ["a first page", JSON.stringify({ MetricDataResults: [], NextToken: "a" }), /a NextToken: more pages/],
    ["a list of texts", answer("invocations"), /^a list of results/],
    ["no Errors", answer(result("invocations")), /^a result of Errors: with the id errors/],
    ["no Invocations", answer(errors), /^a result of Invocations/],
    [
      "two functions",
      answer(result("m1", { Label: "a Errors" }), result("m2", { Label: "b Errors" }), result("invocations")),
      /^Errors of one function, but several results have them: m1, m2/,
    ],
    ["fewer values than times", answer(result("invocations", { Values: [1] }), errors), /as many Timestamps/],
    ["no times", answer(result("invocations", { Timestamps: null }), errors), /as many Timestamps/],
    [
      "times that are not at the beginning of a minute",
      answer(result("invocations", { Timestamps: ["2026-11-25T10:00:01Z", T10] }), errors),
      /^sums of minutes \(Period 60\)/,
    ],
    [
      "a value that is not a time",
      answer(result("invocations", { Timestamps: ["soon", T10] }), errors),
      /at soon$/,
    ],
    [
      "an average instead of a sum",
      answer(result("invocations", { Values: [0.5, 1] }), errors),
      /^whole numbers \(Stat Sum\)/,
    ],
    ["a negative sum", answer(result("invocations", { Values: [-1, 1] }), errors), /^whole numbers/],
    [
      "two values a minute",
      answer(result("invocations", { Timestamps: [T10, T10] }), errors),
      /^one value a minute/,
    ],
    [
      "a partial result without another page",
      answer(
        result("invocations"),
        result("errors", { Timestamps: [], Values: [], StatusCode: "PartialData" }),
      ),
      /^all data of Errors, but its StatusCode is PartialData/,
    ],
    [
      "a result that CloudWatch could not give",
      answer(result("invocations", { StatusCode: "InternalError" }), errors),
      /its StatusCode is InternalError/,
    ],
  ] as const)
    it(`is refused, and the message says what was expected (found: ${title})`, () => {
      const parsed = parseMetricData(text);
      expect(parsed.ok ? "" : parsed.expected).to.match(wanted);
    });

  it("is read, or is refused with a message, whatever the file contains", () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(T10, T11, 1_795_600_800, 6e15, -60));
    const metric = fc.record(
      {
        Id: fc.constantFrom("invocations", "errors", "m1"),
        Label: fc.constantFrom("Errors", "Invocations"),
        Timestamps: fc.oneof(fc.array(value, { maxLength: 3 }), value),
        Values: fc.oneof(fc.array(fc.oneof(fc.nat(), value), { maxLength: 3 }), value),
        StatusCode: fc.constantFrom("Complete", "PartialData", "InternalError"),
      },
      { requiredKeys: [] },
    );
    const given = fc.oneof(
      fc.record({ MetricDataResults: fc.array(fc.oneof(metric, value), { maxLength: 4 }) }),
      value,
    );
    fc.assert(
      fc.property(given, (one) => {
        const parsed = parseMetricData(JSON.stringify(one) ?? "");
        const times = parsed.ok ? parsed.value.map(({ time }) => time) : [];
        expect(times).to.deep.equal([...new Set(times)].sort());
        if (!parsed.ok) expect(parsed.expected).to.match(/\S/);
      }),
      { ...propertyCases(500), seed: 20261126 },
    );
  });

  it("is read in UTF-16 too, which PowerShell writes, and is refused if it is too long", async () => {
    const text = answer(result("invocations"), result("errors"));
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
    expect(await readMetricFile("m.json", pieces(utf16, 1))).to.deep.equal(POINTS);
    const refused = await readMetricFile("m.json", pieces(Buffer.alloc(1 << 20), 65)).catch(
      (error: unknown) => (error as Error).message,
    );
    expect(refused).to.equal("--metrics-file m.json: expected an answer of CloudWatch, at most 64 MiB.");
  });
});

async function* pieces(bytes: Buffer, times: number): AsyncGenerator<Buffer> {
  for (let n = 0; n < times; n += 1) yield bytes;
}
