/** Lets a commit and the working tree judge the same evidence, and reports what differs. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, buildCommit } from "./build-commit.ts";
import { itemsOfBundles, itemsOfFixtures, itemsOfSoak, type EvidenceItem } from "./evidence-list.ts";
import { forceSpill } from "./force-spill.ts";
import { judgeWithBoth, type TwoCommands } from "./judge-with-both.ts";
import { recordSoaks, type SoakPlan } from "./record-soaks.ts";
import { GoldenTally } from "./tally.ts";
import { eachOf } from "../../harness/src/adapters/aws/each-of.ts";

export interface Comparison extends SoakPlan {
  readonly root: string;
  readonly commit: string;
  readonly cache: string;
  readonly jobs: number;
  readonly spill: readonly string[];
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
    const { spill: constants } = comparison;
    const spilling = [
      forceSpill(built, { folder: join(scratch, "older"), constants }),
      forceSpill(root, { folder: join(scratch, "newer"), constants }),
    ] as const;
    const notes = await judgeSpilling(items, spilling, comparison, tally);
    return { equal: tally.equal, report: reportOf(comparison, tally, notes) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * Judges the items again with changed copies of both builds (`forceSpill`), which keep only the number of the quiet invocations
 * (evidence/evidence-need.ts). Returns a note if there is no such copy of one of the builds.
 */
async function judgeSpilling(
  items: readonly EvidenceItem[],
  [older, newer]: readonly [string | null, string | null],
  comparison: Comparison,
  tally: GoldenTally,
): Promise<readonly string[]> {
  if (older === null || newer === null) {
    const side = older === null ? "the commit" : "the working tree";
    return [
      `Not compared: evidence of which most invocations are only counted. In ${side} there is no constant`,
      `${comparison.spill.join(", ")}; name it with --spill.`,
    ];
  }
  const again = items.map((item) => ({ ...item, kind: `${item.kind}, quiet invocations only counted` }));
  await judgeAll(again, { older, newer }, comparison, tally);
  return [];
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

function reportOf({ commit, shownMax }: Comparison, tally: GoldenTally, notes: readonly string[]): string {
  return [
    `${commit.slice(0, 12)} and the working tree judged the same evidence.`,
    "Not compared: text, schemaVersion, toolVersion, members that only the working tree has.",
    "",
    ...tally.report(shownMax),
    ...(notes.length === 0 ? [] : ["", ...notes]),
    "",
    tally.equal ? "No difference." : "There are differences.",
    "",
  ].join("\n");
}
