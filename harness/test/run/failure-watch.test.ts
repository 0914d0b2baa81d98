import { expect } from "chai";
import type { LogRecord } from "../../src/record/log-record.ts";
import { FailureWatch } from "../../src/run/failure-watch.ts";

const failed = (errorMessage: string, errorType = "KeyError") =>
  ({ outcome: "function-error", errorType, errorMessage }) as const;
const logged = (logStreamName: string, message: string): LogRecord => ({
  logGroup: "/aws/lambda/app",
  logStreamName,
  timestamp: 0,
  message,
  ingestionTime: 0,
  eventId: message,
});
const TRACE = `[ERROR] KeyError: 'NAME'\nTraceback (most recent call last):\n  File "/var/task/app.py", line 2, in <module>\n    HOST = os.environ["NAME"]\n`;
const PLACE = 'File "/var/task/app.py", line 2, in <module>: HOST = os.environ["NAME"]';

describe("FailureWatch", () => {
  it("has the most frequent error, and the first log stream that shows where it was thrown", () => {
    const watch = new FailureWatch();
    watch.ended(failed("'OTHER'"));
    watch.ended(failed("'NAME'"));
    watch.ended(failed("'NAME'"));
    watch.ended({ outcome: "throttled", reason: null });
    watch.logged([logged("first", "ready"), logged("second", TRACE), logged("third", TRACE)]);
    expect(watch.nothingSucceeded).to.deep.equal({
      failed: 4,
      times: 2,
      errorType: "KeyError",
      errorMessage: "'NAME'",
      lines: [PLACE],
      logStream: "second",
    });
  });

  it("returns the error once, after the second failure, when the log shows where it was thrown", () => {
    const watch = new FailureWatch();
    watch.logged([logged("first", TRACE)]);
    watch.ended(failed("'NAME'"));
    const said = [watch.firstError()];
    watch.ended(failed("'NAME'"));
    said.push(watch.firstError(), watch.firstError());
    expect(said).to.deep.equal([null, `KeyError: 'NAME' (${PLACE})`, null]);
  });

  for (const [format, platform, end] of [
    [
      "JSON",
      '{"type":"platform.initStart","record":{}}',
      '{"type":"platform.initRuntimeDone","record":{"status":"error","errorType":"Runtime.ExitError"}}',
    ],
    [
      "text",
      "INIT_START Runtime Version: provided:al2023.v50\n",
      "INIT_REPORT Init Duration: 41.53 ms\tPhase: init\tStatus: error\tError Type: Runtime.ExitError\n",
    ],
  ] as const)
    it(`has the last lines of a process that exited in its Init, from a log in ${format}`, () => {
      const watch = new FailureWatch();
      const own = ["one\n", "two\n", "three\n", "boom\n"];
      watch.logged([platform, ...own, end, "again\n", end].map((message) => logged("first", message)));
      watch.ended(
        failed("RequestId: 1 Error: Runtime exited with error: exit status 3", "Runtime.ExitError"),
      );
      watch.ended(
        failed("RequestId: 2 Error: Runtime exited with error: exit status 3", "Runtime.ExitError"),
      );
      expect(watch.firstError()).to.equal(
        "Runtime.ExitError: Runtime exited with error: exit status 3 (two; three; boom)",
      );
    });

  it("has the last lines of a process that the platform killed because it used too much memory", () => {
    const watch = new FailureWatch();
    const report =
      "REPORT RequestId: 1\tDuration: 900.00 ms\tStatus: error\tError Type: Runtime.OutOfMemory\n";
    watch.logged(["START RequestId: 1\n", "read 90 MB\n", report].map((line) => logged("first", line)));
    for (const id of [1, 2])
      watch.ended(
        failed(`RequestId: ${id} Error: Runtime exited with error: signal: killed`, "Runtime.OutOfMemory"),
      );
    expect(watch.firstError()).to.match(/^Runtime\.OutOfMemory: .*signal: killed \(read 90 MB\)$/);
  });

  it("returns nothing after a success, and nothing for failures without an error of the function", () => {
    const succeeded = new FailureWatch();
    succeeded.ended(failed("'NAME'"));
    succeeded.ended({ outcome: "succeeded" });
    succeeded.ended(failed("'NAME'"));
    const throttled = new FailureWatch();
    throttled.ended({ outcome: "throttled", reason: null });
    expect([succeeded.nothingSucceeded, throttled.nothingSucceeded]).to.deep.equal([null, null]);
  });
});
