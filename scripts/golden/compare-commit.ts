/** Lets a commit and the working tree judge the same evidence, and reports what differs. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, buildCommit } from "./build-commit.ts";
import { itemsOfBundles, itemsOfFixtures, itemsOfSoak, type EvidenceItem } from "./evidence-list.ts";
import { judgeWithBoth, type TwoCommands } from "./judge-with-both.ts";
import { recordSoaks, type SoakPlan } from "./record-soaks.ts";
import { GoldenTally } from "./tally.ts";
import { eachOf } from "../../harness/src/adapters/aws/each-of.ts";

export interface Comparison extends SoakPlan {
  readonly root: string;
  readonly commit: string;
  readonly cache: string;
  readonly jobs: number;
  readonly shownMax: number;
  readonly progress: (line: string) => void;
}

interface Compared {
  readonly equal: boolean;
  readonly report: string;
}

export async function compareCommit(comparison: Comparison): Promise<Compared> {
  const { root, commit, cache, jobs, progress } = comparison;
  const place = join(cache, commit.slice(0, 12));
  progress(`building ${commit.slice(0, 12)}`);
  const built = buildCommit(root, { commit, folder: join(place, "source") });
  progress("building the working tree");
  build(root);
  const older = join(built, "dist", "longrun.js");
  const soaks = await recordSoaks(older, comparison, { folder: join(place, "runs"), jobs, progress });
  // Several comparisons may use the cache at the same time, so each writes into a separate folder.
  const scratch = mkdtempSync(join(tmpdir(), "longrun-golden-"));
  try {
    const items = [...soaks.flatMap(itemsOfSoak), ...itemsOfBundles(join(scratch, "bundles"))];
    const fixtures = itemsOfFixtures(join(built, "harness", "test"));
    const tally = new GoldenTally();
    await judgeAll(
      [...items, ...fixtures],
      { older, newer: join(root, "dist", "longrun.js") },
      comparison,
      tally,
    );
    return { equal: tally.equal, report: reportOf(comparison, tally) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function judgeAll(
  items: readonly EvidenceItem[],
  commands: TwoCommands,
  { jobs, progress }: Comparison,
  tally: GoldenTally,
): Promise<void> {
  let done = 0;
  await eachOf(items, Math.ceil(jobs / 2), async (item) => {
    tally.add(await judgeWithBoth(commands, item));
    done += 1;
    if (done % 25 === 0 || done === items.length) progress(`judged ${done} of ${items.length}`);
  });
}

function reportOf({ commit, shownMax }: Comparison, tally: GoldenTally): string {
  return [
    `${commit.slice(0, 12)} and the working tree judged the same evidence.`,
    "Not compared: text, schemaVersion, toolVersion, members that only the working tree has.",
    "",
    ...tally.report(shownMax),
    "",
    tally.equal ? "No difference." : "There are differences.",
    "",
  ].join("\n");
}
