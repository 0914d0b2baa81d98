/** `longrun redact` of damaged run directories: a word from the names, addresses and texts of the run must not be in the copy. */
import { expect } from "chai";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeRedacted } from "../../src/adapters/run-directory/write-redacted.ts";
import { judgeRun } from "../../src/judge/judge-run.ts";
import { SMALL_RUNS } from "./samples/small-runs.ts";
import { writeFolder } from "./support/folder-text.ts";
import { fuzz } from "./support/fuzz.ts";
import { textOf } from "./support/fuzz-case.ts";
import { refusedInWords } from "./support/names-problem.ts";
import { workFolder } from "./support/work-folder.ts";

/** The samples have this word in names, addresses and texts. */
const SECRET = "zq7secret";
const SAMPLES = SMALL_RUNS.map((run) =>
  run
    .replaceAll(/"(functionName|host|errorMessage|remote|message|functionArn)":"/g, `"$1":"${SECRET}`)
    .replaceAll("init-connect", `${SECRET}-fn`),
);

fuzz("redaction", {
  samples: SAMPLES,
  start() {
    const work = workFolder();
    return {
      async check(input) {
        const run = work.fresh("run");
        const copy = work.fresh("copy");
        writeFolder(input.bytes, run);
        await refusedInWords(textOf(input), () => {
          writeRedacted(run, copy, () => 0);
          judgeRun(copy);
        });
        for (const file of readdirSync(copy, { recursive: true, encoding: "utf8" })) {
          expect(file).not.to.include(SECRET);
          if (!statSync(join(copy, file)).isFile()) continue;
          expect(readFileSync(join(copy, file), "utf8"), file).not.to.include(SECRET);
        }
      },
      close: () => work.remove(),
    };
  },
});
