/** Judges run directories (manifest, plan, journal, logs, peer and link logs, metrics), shows them, and reads the settings for `--resume`. */
import { judgeRun } from "../../src/judge/judge-run.ts";
import { resumeRun } from "../../src/cli/soak/resume-settings.ts";
import { SMALL_RUNS } from "./samples/small-runs.ts";
import { writeFolder } from "./support/folder-text.ts";
import { fuzz } from "./support/fuzz.ts";
import { textOf } from "./support/fuzz-case.ts";
import { show } from "./support/judged.ts";
import { refusedInWords } from "./support/names-problem.ts";
import { workFolder } from "./support/work-folder.ts";

/** The run with another entry in the place of each of its files, as a stranger may have made it. */
const OTHER_ENTRIES = ["@link /etc/passwd", "@link .", "@link /dev/zero", "@fifo", "@folder"].flatMap(
  (entry) => {
    const [run = ""] = SMALL_RUNS;
    const files = run.split(/^(?==== )/m);
    return files.map((_, index) =>
      files
        .map((file, at) => (at === index ? `${file.slice(0, file.indexOf("\n"))}\n${entry}\n` : file))
        .join(""),
    );
  },
);

fuzz("runs", {
  samples: [...SMALL_RUNS, ...OTHER_ENTRIES],
  start() {
    const work = workFolder();
    return {
      async check(input) {
        const folder = work.fresh("run");
        writeFolder(input.bytes, folder);
        await refusedInWords(textOf(input), () => show(judgeRun(folder)));
        await refusedInWords(textOf(input), () => resumeRun({ values: {}, problems: [] }, "run", work.path));
      },
      close: () => work.remove(),
    };
  },
});
