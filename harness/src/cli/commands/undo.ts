/** `longrun undo`: undoes what a killed soak with --provoke left, from its journal or by the marks in a Region. */
import { resolve } from "node:path";
import { functionChanges } from "../../adapters/aws/function-changes.ts";
import { serviceConnection } from "../../adapters/aws/service-connection.ts";
import { systemClock } from "../../adapters/node/system-clock.ts";
import { refuseWhileWritten } from "../../adapters/run-directory/file-run-store.ts";
import { changeJournal } from "../../adapters/run-directory/change-journal.ts";
import { runFolder } from "../../adapters/run-directory/run-folder.ts";
import { readManifest } from "../../adapters/run-directory/scan-run.ts";
import { isLongrunError, notAvailable } from "../../base/errors.ts";
import { LOCAL_REGION } from "../../words/local-region.ts";
import { EXIT, type ExitCode } from "../../words/exit-codes.ts";
import type { FunctionChanges } from "../../run/ports/function-changes.ts";
import { findLeftovers } from "../../provoke/find-leftovers.ts";
import { undoneEvent } from "../../provoke/changed-function.ts";
import {
  ENVIRONMENTS_LIVE_ON,
  undoChanges,
  undoneSentence,
  type ChangesToUndo,
} from "../../provoke/undo-changes.ts";
import { noCounts, recorder } from "../../run/recorder.ts";
import { ENDPOINT, REGION, YES } from "../../settings/shared-settings.ts";
import { command } from "../command.ts";
import { confirm } from "../confirm.ts";
import type { Machine } from "../machine.ts";
import { usageError } from "../usage-error.ts";

const SETTINGS = {
  region: { ...REGION, help: "Without RUN: the Region in which to look for what killed runs left." },
  endpoint: { ...ENDPOINT, help: "Without RUN: look in a running engine (longrun serve)." },
  yes: { ...YES, help: "Do not ask before undoing what marks and tags name. With RUN nothing is asked." },
} as const;

type Leftover = Pick<ChangesToUndo, "functionName" | "begun"> & Partial<Pick<ChangesToUndo, "undone">>;

export const undo = command({
  name: "undo",
  description:
    "A soak with --provoke undoes its changes itself, also after Ctrl-C. After kill -9, this command undoes them: with RUN, those in the journal of this run; without it, those of all runs whose marks are found in the Region. A copy (--copy) is deleted if its tag names the run. " +
    "What still has the run's value gets its earlier value. What somebody else changed meanwhile is left and named. Nothing restores version numbers, RevisionId, LastModified and logs. Exit code 69: something could not be undone.",
  positional: {
    placeholder: "RUN",
    description: "the run directory",
    required: false,
    repeatable: false,
  },
  settings: SETTINGS,
  examples: [
    { command: "longrun undo runs/20261202T183000Z-aws", does: "undo what this run changed" },
    {
      command: "longrun undo --region eu-central-1",
      does: "find what is left of all runs, show it, ask, and undo it",
    },
  ],
  run: async (machine, { settings, positionals: [run] }): Promise<ExitCode> => {
    if (run !== undefined) return undoRun(machine, run);
    const { endpoint, yes } = settings;
    const region = settings.region ?? (endpoint === null ? null : LOCAL_REGION);
    if (region === null)
      throw usageError("undo", [
        { where: "RUN", text: "expected a run directory, --region (or AWS_REGION) or --endpoint" },
      ]);
    return using({ region, endpoint }, async (changes) => {
      const leftovers = await findLeftovers(changes);
      if (leftovers.length === 0) return say(machine, "Nothing carries the mark of a run.");
      for (const { functionName, found, runs, descriptionLost } of leftovers)
        say(
          machine,
          `${functionName}: ${found.join(", ")} of ${runs.join(", ")}${descriptionLost ? "; its earlier description is not known and must be restored by hand" : ""}`,
        );
      if (!yes)
        await confirm(machine, {
          command: "longrun undo",
          question: "Undo this? A run that still goes on would lose what it needs.",
          undone: "undone",
        });
      return undoAll(machine, changes, leftovers, endpoint === null);
    });
  },
});

async function undoRun(machine: Machine, run: string): Promise<ExitCode> {
  const folder = resolve(machine.workingFolder, run);
  const paths = runFolder(folder);
  const { functions, region, endpoint, target, settings } = readManifest(folder, paths.manifest);
  refuseWhileWritten(folder, paths.owner);
  const journal = changeJournal(folder);
  const { begun } = journal;
  if (begun.length === 0) return say(machine, "This run left nothing to undo.");
  if (target === "local" && settings?.["endpoint"] == null)
    return say(machine, "Nothing is left: the functions ended with the engine of this run.");
  const recording = recorder(journal, systemClock, { ...journal, counts: noCounts() });
  return using({ region: region ?? LOCAL_REGION, endpoint }, (changes) =>
    undoAll(
      machine,
      changes,
      functions.map(({ name, functionName }) => ({
        functionName,
        begun: begun.filter((one) => one.function === name),
        undone: (one) => {
          try {
            recording.record(undoneEvent(name, one));
          } catch {
            // A folder that cannot be written keeps nothing from being undone.
          }
        },
      })),
      target === "aws",
    ),
  );
}

async function undoAll(
  machine: Machine,
  changes: FunctionChanges,
  leftovers: readonly Leftover[],
  onAws: boolean,
): Promise<ExitCode> {
  let lines = 0;
  let restored = false;
  const failed: string[] = [];
  const sayOf = (functionName: string, sentence: string): void => {
    lines += 1;
    say(machine, `${functionName}: ${sentence}`);
  };
  for (const { functionName, begun, undone } of leftovers) {
    if (begun.length === 0) continue;
    const before = lines;
    try {
      const said: ChangesToUndo["undone"] = (one) => {
        sayOf(functionName, undoneSentence(one));
        restored ||= one.left === null;
        undone?.(one);
      };
      if (!(await undoChanges({ functionName, begun, changes, undone: said })))
        sayOf(functionName, "it no longer exists, so nothing of it is left");
    } catch (error) {
      if (!isLongrunError(error)) throw error;
      // The lines above have the reasons.
      failed.push(lines > before ? `${functionName} is not as it was before.` : error.message);
    }
  }
  if (failed.length > 0)
    throw notAvailable(failed.join("\n"), { hint: "The same command tries again what is left." });
  if (lines === 0) return say(machine, "Everything is as it was before.");
  return onAws && restored
    ? say(machine, `Undoing ended no environment: ${ENVIRONMENTS_LIVE_ON}.`)
    : EXIT.pass;
}

async function using(
  place: { readonly region: string; readonly endpoint: string | null },
  act: (changes: FunctionChanges) => Promise<ExitCode>,
): Promise<ExitCode> {
  const changes = functionChanges(serviceConnection(place));
  try {
    return await act(changes);
  } finally {
    changes.close();
  }
}

function say(machine: Machine, sentence: string): ExitCode {
  machine.stdout.write(`${sentence}\n`);
  return EXIT.pass;
}
