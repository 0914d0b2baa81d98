/** Schedule files, which `longrun replay` plays. */
import { describeSteps } from "../../src/explore/describe-schedule.ts";
import { readScheduleFile, scheduleFileText } from "../../src/explore/schedule-file.ts";
import { SCHEDULE_TIMES } from "../../src/explore/schedule.ts";
import { fuzz } from "./support/fuzz.ts";
import { textOf } from "./support/fuzz-case.ts";
import { namesProblem } from "./support/names-problem.ts";

const FILE = {
  schemaVersion: 1,
  function: { design: "init-connect" },
  admission: "refuse",
  capacity: 2,
  event: { a: [1] },
  times: SCHEDULE_TIMES,
  steps: [
    { step: "initialise-ahead" },
    { step: "invoke", environment: "new" },
    { step: "invoke-and-end", environment: 2, ending: "silence" },
    { step: "invoke", environment: 1 },
    { step: "crash", environment: 1 },
    { step: "peer-slow" },
    { step: "peer-drops" },
    { step: "freeze-long" },
    { step: "update" },
    { step: "retire", environment: 1, ending: "rst" },
    { step: "time-out", environment: "new" },
  ],
};
const CODE = {
  code: "app.mjs",
  handler: null,
  runtime: "nodejs22.x",
  memoryMb: 256,
  environment: { DB: "postgres://db:5432/x" },
  peers: [{ name: "db", link: { variable: "DB" }, protocol: "postgres", capacity: 1 }],
};

fuzz("schedules", {
  samples: [
    JSON.stringify(FILE),
    JSON.stringify({ ...FILE, function: CODE, times: undefined, strangers: ["gateway"] }, null, 2),
    JSON.stringify({
      ...FILE,
      function: { code: "a.py", handler: "a.b", link: { name: "db", port: 1 }, launcher: "x" },
      steps: FILE.steps.slice(0, 2),
    }),
  ],
  start: () => ({
    check(input) {
      const read = readScheduleFile(textOf(input));
      if (!read.ok) {
        for (const problem of read.problems) namesProblem(problem, textOf(input));
        return;
      }
      scheduleFileText(read.file);
      describeSteps(read.file.steps);
    },
  }),
});
