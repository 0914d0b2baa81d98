/** Lets a commit and the working tree judge the same evidence, and says what differs. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, buildCommit } from "./build-commit.ts";
import { differenceLine } from "./differences.ts";
import { itemsOfBundles, itemsOfFixtures, itemsOfSoak, type EvidenceItem } from "./evidence-list.ts";
import { forceSpill } from "./force-spill.ts";
import { inParallel } from "./in-parallel.ts";
import { judgeWithBoth, type TwoCommands } from "./judge-with-both.ts";
import { recordSoaks, type SoakPlan } from "./record-soaks.ts";

export interface Comparison extends SoakPlan {
  readonly root: string;
  readonly commit: string;
  readonly cache: string;
  readonly jobs: number;
  readonly spill: readonly string[];
  readonly shownMax: number;
  readonly progress: (line: string) => void;
}

export interface Compared {
  readonly equal: boolean;
  /** For people, ready to print. */
  readonly report: string;
}

interface Tally {
  readonly judged: Map<string, number>;
  readonly differing: Map<string, number>;
  readonly lines: string[];
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
  // Several comparisons may share the cache at the same time; what each writes is its own.
  const scratch = mkdtempSync(join(tmpdir(), "longrun-golden-"));
  try {
    const items = [
      ...soaks.flatMap((soak) => itemsOfSoak(soak, comparison.functions)),
      ...itemsOfBundles(join(scratch, "bundles")),
      ...itemsOfFixtures(join(built, "harness", "test")),
    ];
    const tally: Tally = { judged: new Map(), differing: new Map(), lines: [] };
    await judgeAll(items, { older, newer: join(root, "dist", "longrun.js") }, comparison, tally);
    const { spill: constants } = comparison;
    const spilling = [
      forceSpill(built, { folder: join(scratch, "older"), constants }),
      forceSpill(root, { folder: join(scratch, "newer"), constants }),
    ] as const;
    const notes = await judgeSpilling(items, spilling, comparison, tally);
    return { equal: tally.differing.size === 0, report: reportOf(commit, tally, notes) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Run directories again, with quiet invocations only counted. Returns what could not be done. */
async function judgeSpilling(
  items: readonly EvidenceItem[],
  [older, newer]: readonly [string | null, string | null],
  comparison: Comparison,
  tally: Tally,
): Promise<readonly string[]> {
  if (older === null || newer === null) {
    const side = older === null ? "the commit" : "the working tree";
    return [
      `Not compared: runs of which most invocations are only counted. ${side} has no constant ${comparison.spill.join(", ")}; name it with --spill.`,
    ];
  }
  const runs = items
    .filter(({ folder, arguments: [first] }) => first !== undefined && isRun(join(folder, first)))
    .map((item) => ({
      ...item,
      kind: `${item.kind.replace(/, as run directories$/, "")}, quiet invocations only counted`,
    }));
  await judgeAll(runs, { older, newer }, comparison, tally);
  return [];
}

async function judgeAll(
  items: readonly EvidenceItem[],
  commands: TwoCommands,
  { jobs, shownMax, progress }: Comparison,
  tally: Tally,
): Promise<void> {
  let done = 0;
  // Both versions judge an item at the same time.
  await inParallel(items, Math.ceil(jobs / 2), async (item) => {
    const found = await judgeWithBoth(commands, item);
    add(tally.judged, item.kind);
    if (found.length > 0) {
      add(tally.differing, item.kind);
      tally.lines.push(`${item.name} (${item.kind})`);
      tally.lines.push(...found.slice(0, shownMax).map((one) => `  ${differenceLine(one)}`));
      if (found.length > shownMax) tally.lines.push(`  and ${found.length - shownMax} more`);
    }
    done += 1;
    if (done % 25 === 0 || done === items.length) progress(`judged ${done} of ${items.length}`);
  });
}

const isRun = (folder: string): boolean => existsSync(join(folder, "manifest.json"));

function add(counts: Map<string, number>, kind: string): void {
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
}

function reportOf(commit: string, { judged, differing, lines }: Tally, notes: readonly string[]): string {
  const width = Math.max(...[...judged.keys()].map((kind) => kind.length));
  const rows = [...judged].map(([kind, count]) => {
    const different = differing.get(kind) ?? 0;
    return `  ${kind.padEnd(width)}  ${String(count).padStart(4)} judged  ${different === 0 ? "all equal" : `${different} DIFFER`}`;
  });
  return [
    `${commit.slice(0, 12)} and the working tree judged the same evidence.`,
    "Not compared: text, schemaVersion, toolVersion, members that only the working tree has.",
    "",
    ...rows,
    ...(notes.length === 0 ? [] : ["", ...notes]),
    ...(lines.length === 0 ? [] : ["", ...lines]),
    "",
    differing.size === 0 ? "No difference." : "There are differences.",
    "",
  ].join("\n");
}
