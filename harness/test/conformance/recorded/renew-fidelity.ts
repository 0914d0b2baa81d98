/**
 * Plays recordings of `make verify` against the engine and writes into docs/fidelity.md what they show:
 *
 * npm run fidelity:renew -- RECORDING…
 *
 * A recording of the local engine shows nothing of AWS: its results are only printed.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv, exit, stderr, stdout } from "node:process";
import { packageRoot } from "../../../src/adapters/node/assets.ts";
import { readRecording } from "../../../../scripts/infra/verify/recording/recording.ts";
import { withRecording } from "./fidelity-page.ts";
import { playRecording } from "./play-recording.ts";

const files = argv.slice(2);
if (files.length === 0) {
  stderr.write("Expected the recording.jsonl of a verification.\n");
  exit(64);
}
for (const file of files) {
  const recording = readRecording(readFileSync(file, "utf8"));
  const { replayed, left } = await playRecording(recording);
  for (const { call, differs } of replayed.calls)
    stdout.write(`${call.operation} ${call.status}: ${differs ?? "agrees"}\n`);
  for (const [index, { differs }] of replayed.streams.entries())
    stdout.write(`log stream ${index + 1}: ${differs ?? "agrees"}\n`);
  if (left > 0)
    stdout.write(`${left} answers are about something that the engine does not have, and were not played.\n`);
  if (recording.head.target !== "aws") {
    stdout.write("This was recorded from the local engine, so docs/fidelity.md stays as it is.\n");
    continue;
  }
  const page = join(packageRoot(), "docs", "fidelity.md");
  writeFileSync(page, withRecording(readFileSync(page, "utf8"), replayed, recording.head.at.slice(0, 10)));
  stdout.write(`Wrote ${page}\n`);
}
