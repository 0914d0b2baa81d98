/** Files with CloudWatch's counts (`--metrics-file`). */
import { readMetricFile } from "../../src/adapters/log-formats/read-metric-file.ts";
import { Readable } from "node:stream";
import { fuzz } from "./support/fuzz.ts";
import { inPieces, textOf } from "./support/fuzz-case.ts";
import { refusedInWords } from "./support/names-problem.ts";

const RESULT = {
  Id: "invocations",
  Label: "device Invocations",
  Timestamps: ["2026-11-25T01:02:00+00:00", "2026-11-25T01:03:00Z"],
  Values: [12.0, 3],
  StatusCode: "Complete",
};

fuzz("metric-files", {
  samples: [
    JSON.stringify({
      MetricDataResults: [RESULT, { ...RESULT, Id: "errors", Label: "device Errors" }],
      Messages: [],
    }),
    JSON.stringify({ MetricDataResults: [RESULT] }, null, 4),
  ],
  start: () => ({
    check: (input) =>
      refusedInWords(textOf(input), () => readMetricFile("metrics.json", Readable.from(inPieces(input)))),
  }),
});
