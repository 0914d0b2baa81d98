/** Writes journal events until it is killed, and prints the number of each acknowledged event on standard output. */
import { openFileRunStore } from "../../../../src/adapters/run-directory/file-run-store.ts";
import { manifestOf } from "../../../support/manifest-fixture.ts";

// The pieces are small, so that the process is sometimes killed at the end of a piece.
const store = openFileRunStore(process.argv[2] ?? "", { segmentBytes: 2_000 });
store.writeManifest(manifestOf());
for (let sequence = 1; ; sequence += 1) {
  store.appendJournal({
    sequence,
    time: "2026-11-25T01:02:03.456Z",
    monotonicMs: sequence,
    event: "drive-started",
  });
  await new Promise((resolve) => process.stdout.write(`${sequence}\n`, resolve));
}
