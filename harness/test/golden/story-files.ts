/** Writes evidence as the files that `longrun analyze` reads: a run directory, or exported logs if there is no manifest. */
import type { Evidence } from "../../src/record/evidence.ts";
import type { BundledFile } from "../../../scripts/golden/bundle.ts";

const lines = (list: readonly unknown[]): string => list.map((one) => `${JSON.stringify(one)}\n`).join("");

export function storyFiles({
  manifest,
  journal,
  plan,
  applied,
  functions,
}: Evidence): readonly BundledFile[] {
  const readings = functions.flatMap(({ name, metrics }) =>
    (metrics?.readings ?? []).map((reading) => ({ function: name, ...reading })),
  );
  return [
    ...(manifest === null ? [] : [{ path: "manifest.json", content: JSON.stringify(manifest) }]),
    ...(journal === null ? [] : [{ path: "journal.jsonl", content: lines(journal) }]),
    ...(plan === null ? [] : [{ path: "plan.json", content: JSON.stringify(plan) }]),
    ...(applied === null ? [] : [{ path: "logs/applied.jsonl", content: lines(applied) }]),
    ...(readings.length === 0 ? [] : [{ path: "metrics.jsonl", content: lines(readings) }]),
    ...functions.flatMap(({ name, records, peerLog, linkLog }) => [
      { path: `logs/${name}.jsonl`, content: lines(records) },
      ...(peerLog === null
        ? []
        : [
            {
              path: manifest === null ? "peer.jsonl" : `logs/peer-${name}.jsonl`,
              content: lines(peerLog),
            },
          ]),
      ...(linkLog === null || manifest === null
        ? []
        : [{ path: `logs/link-${name}.jsonl`, content: lines(linkLog) }]),
    ]),
  ];
}
