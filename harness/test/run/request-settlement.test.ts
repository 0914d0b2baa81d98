import { expect } from "chai";
import { RequestSettlement, reportedRequestId } from "../../src/run/request-settlement.ts";

const at = (message: string) => ({
  logGroup: "g",
  logStreamName: "s",
  timestamp: 1,
  message,
  ingestionTime: null,
  eventId: null,
});
const jsonReport = (requestId: string): string =>
  JSON.stringify({
    time: "2026-11-25T01:02:03.000Z",
    type: "platform.report",
    record: {
      requestId,
      status: "success",
      metrics: { durationMs: 3.01, billedDurationMs: 4, memorySizeMB: 128, maxMemoryUsedMB: 60 },
    },
  });
const textReport = (requestId: string): string =>
  `REPORT RequestId: ${requestId}\tDuration: 3.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 60 MB\t\n`;

describe("reportedRequestId", () => {
  for (const { title, message, requestId } of [
    { title: "a text REPORT", message: textReport("8f5ac2c3-11"), requestId: "8f5ac2c3-11" },
    { title: "a JSON platform.report", message: jsonReport("33-44"), requestId: "33-44" },
    { title: "a START line", message: "START RequestId: 8f5ac2c3-11 Version: $LATEST\n", requestId: null },
    {
      title: "a line of the function that quotes a report",
      message: 'hello "platform.report"',
      requestId: null,
    },
    { title: "an incomplete line", message: '{"type":"platform.report","record":{', requestId: null },
  ]) {
    it(`returns ${String(requestId)} for ${title}`, () => {
      expect(reportedRequestId(at(message))).to.equal(requestId);
    });
  }
});

describe("RequestSettlement", () => {
  it("finds the driver's requests that have no REPORT in the logs, in any order of events", () => {
    const settlement = new RequestSettlement();
    settlement.expect("a");
    settlement.see(at(jsonReport("b")));
    settlement.expect("b");
    settlement.expect("c");
    settlement.see(at(jsonReport("a")));
    expect(settlement.missing).to.deep.equal(["c"]);
  });
});
