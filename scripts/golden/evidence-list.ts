/** The evidence that two versions judge: a folder, and the arguments of `longrun analyze` in it. */
import { mkdirSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { goldenCases, unpackCase } from "./cases.ts";
import type { RecordedSoak } from "./record-soaks.ts";
import { readStories, STORY_BUNDLES, unpackStory } from "./stories.ts";

export interface EvidenceItem {
  /** Items of one kind are counted together in the report. */
  readonly kind: string;
  readonly name: string;
  readonly folder: string;
  readonly arguments: readonly string[];
}

export function itemsOfSoak({ name, folder, functions }: RecordedSoak): readonly EvidenceItem[] {
  const logs = functions.map((one) => `logs/${one}.jsonl`);
  const peers = functions.flatMap((one) => ["--peer-log", `${one}=logs/peer-${one}.jsonl`]);
  return [
    { kind: "soaks, as run directories", name, folder, arguments: ["."] },
    { kind: "soaks, as logs with the logs of the peers", name, folder, arguments: [...logs, ...peers] },
    { kind: "soaks, as logs alone", name, folder, arguments: logs },
  ];
}

export function itemsOfBundles(folder: string): readonly EvidenceItem[] {
  const cases = goldenCases().map(({ name, arguments: given }) => {
    unpackCase(name, made(join(folder, name)));
    return { kind: "recorded runs", name, folder: join(folder, name), arguments: given };
  });
  const stories = STORY_BUNDLES.flatMap((bundle) => {
    const below = made(join(folder, `stories-${bundle}`));
    return [...readStories(bundle)].map(([name, story]) => ({
      kind: `${bundle} stories`,
      name: `story ${bundle} ${name}`,
      folder: below,
      arguments: unpackStory(name, story, below),
    }));
  });
  return [...cases, ...stories];
}

/** Every file in a folder `example` or `recorded` of a commit's tests. Both versions must refuse a file that cannot be read. */
export function itemsOfFixtures(tests: string): readonly EvidenceItem[] {
  const folders = readdirSync(tests, { recursive: true, encoding: "utf8" }).filter((path) =>
    /^(example|recorded)$/.test(basename(path)),
  );
  return folders.flatMap((path) =>
    readdirSync(join(tests, path))
      .filter((file) => statSync(join(tests, path, file)).isFile())
      .map((file) => ({
        kind: "log files of tests",
        name: `${path}/${file}`,
        folder: join(tests, path),
        arguments: [file],
      })),
  );
}

function made(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}
