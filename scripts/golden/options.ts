import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { DESIGNS } from "../../harness/src/settings/function-choice.ts";

export const HELP = `Usage: node --import tsx scripts/golden.ts COMMIT [flags]
       node --import tsx scripts/golden.ts --pack RUN --name NAME

Builds COMMIT and the working tree and lets both judge the same evidence: soaks
that were run with COMMIT, the recorded runs in harness/test/golden, and the log
files of COMMIT's tests. Prints what was compared and every difference as a path
in result.json with both values. Not compared: sentences (text), schemaVersion,
toolVersion, and members that only the working tree has.

Exit code 0: no difference. 1: there are differences. 64: a wrong argument.
69: a build or a soak failed.

Flags:
  --cache FOLDER       The folder for builds and soaks. Default: longrun-golden
                       in the folder for temporary files.
  --functions LIST     The designs of each soak of --seeds. Default: all five.
  --platforms LIST     Default: typical,hostile,partition.
  --seeds NUMBER       Soaks with seeds 1 to NUMBER. Default: 10.
  --duration LENGTH    How long a soak lasts. Default: 20s.
  --interval LENGTH    Time between two invocations. Default: 500ms.
  --long-seeds NUMBER  Longer soaks with seeds 1 to NUMBER, with many
                       invocations. Default: 2.
  --jobs NUMBER        Processes at a time. Default: the number of processors.
  --shown NUMBER       Differences shown for one piece of evidence. Default: 20.
  --pack RUN           Packs the evidence of a run directory into
                       harness/test/golden/runs, under the name that --name
                       gives; npm run golden:renew writes the expected results.
  --help               This text.

Examples:

  # did moving files change a judgement?
  node --import tsx scripts/golden.ts main

  # a quick look, with two soaks
  node --import tsx scripts/golden.ts HEAD~1 --platforms typical,hostile \\
      --seeds 1 --long-seeds 0

  # one more recorded run; then name it in harness/test/golden/cases.json,
  # and run npm run golden:renew
  node --import tsx scripts/golden.ts --pack runs/short --name short
`;

export type Options = ReturnType<typeof parseOptions>;

export function parseOptions() {
  return parseArgs({
    allowPositionals: true,
    options: {
      cache: { type: "string", default: join(tmpdir(), "longrun-golden") },
      functions: { type: "string", default: DESIGNS.join(",") },
      platforms: { type: "string", default: "typical,hostile,partition" },
      seeds: { type: "string", default: "10" },
      duration: { type: "string", default: "20s" },
      interval: { type: "string", default: "500ms" },
      "long-seeds": { type: "string", default: "2" },
      jobs: { type: "string", default: String(availableParallelism()) },
      shown: { type: "string", default: "20" },
      pack: { type: "string" },
      name: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
}
