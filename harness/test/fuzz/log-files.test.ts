/** Judges files with logs in every form that `longrun analyze` reads, and shows the results. */
import { ALL_RENDERINGS } from "../adapters/log-formats/render/all-renderings.ts";
import { judged } from "./support/judged.ts";
import { SMALL_LOG } from "./samples/small-log.ts";
import { fuzz } from "./support/fuzz.ts";

/** The variants of a form differ in details, such as the order of members. */
const VARIANTS = [0, 1, 2];

const SAMPLES = ALL_RENDERINGS.flatMap((rendering) =>
  VARIANTS.flatMap((variant) => Object.values(rendering.render(SMALL_LOG, variant)).slice(0, 1)),
);
/** Names of the files: readers take the log stream from the second name, and nothing from the first. */
const NAMES = ["events.json", "2026-11-25-[$LATEST]3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f/000000.gz"];

fuzz("log-files", {
  samples: SAMPLES,
  start: () => ({
    check: (input) =>
      judged({
        logs: [{ source: NAMES[input.bytes.length % NAMES.length] ?? "events.json", input }],
        peerLogs: [],
      }),
  }),
});
