/** `--on-change`: does the work again each time the package of the function has changed, as a test runner does, until Ctrl-C. */
import { watchFiles } from "../../adapters/node/watch-files.ts";
import type { Problem } from "../../settings/problem.ts";
import { EXIT, type ExitCode } from "../../words/exit-codes.ts";
import type { Machine, Output } from "../machine.ts";
import { presentError } from "../present-error.ts";
import { usageError } from "../usage-error.ts";
import type { ChosenFunction, FunctionUnderSearch } from "./function-under-search.ts";

interface WorkOnChange {
  readonly command: string;
  readonly first: OwnFunction;
  /** The folder that the work writes to. Null if it writes nothing. */
  readonly out: string | null;
  readonly readAgain: (machine: Pick<Machine, "environment" | "stderr">) => Promise<ChosenFunction>;
  /** Shows nothing more after the signal: the package has changed meanwhile, or the command ends. */
  readonly work: (chosen: FunctionUnderSearch, signal: AbortSignal) => Promise<void>;
  readonly hide: (text: string) => string;
}

export type OwnFunction = FunctionUnderSearch & { readonly from: { readonly code: string } };

/** Only such a function can change. */
export function isOwnFunction(chosen: FunctionUnderSearch): chosen is OwnFunction {
  return "code" in chosen.from;
}

export function onChangeProblems({
  code,
  json,
}: {
  readonly code: boolean;
  readonly json: boolean;
}): readonly Problem[] {
  const where = "--on-change";
  return [
    ...(code ? [] : [{ where, text: "works only with --code: a shipped design does not change" }]),
    ...(json ? [{ where, text: "does not work with --json, which prints one result" }] : []),
  ];
}

const WAITING = "Waiting for a change of the code. Ctrl-C ends.\n";

export async function runOnChange(machine: Machine, given: WorkOnChange): Promise<ExitCode> {
  const { command, first, out, readAgain, hide } = given;
  const { environment, stderr } = machine;
  const watch = await watchFiles(first.from.code, out === null ? [] : [out]);
  let stopped = false;
  const release = machine.onSignal(() => {
    if (stopped) machine.exitNow(EXIT.interrupted);
    stopped = true;
    void watch.close();
  });
  const tell = (error: unknown): void => {
    presentError(machine, error, hide);
    stderr.write(WAITING);
  };
  const begin = (chosen: FunctionUnderSearch): (() => Promise<void>) => {
    const superseded = new AbortController();
    const done = given.work(chosen, superseded.signal).then(
      () => void (superseded.signal.aborted || stderr.write(WAITING)),
      (error: unknown) => void (superseded.signal.aborted || tell(error)),
    );
    return () => {
      superseded.abort();
      return done;
    };
  };
  watch.add(first.sources ?? []);
  let played: Uint8Array | null = first.zip;
  let mistake: string | null = null;
  let end = begin(first);
  try {
    while (await watch.changed()) {
      const said = collected(stderr);
      try {
        const { chosen, problems } = await readAgain({ environment, stderr: said });
        if (chosen === null) throw usageError(command, problems);
        if (played !== null && Buffer.compare(chosen.zip, played) === 0) continue;
        await end();
        stderr.write(`\n${said.text()}`);
        watch.add(chosen.sources ?? []);
        played = chosen.zip;
        end = begin(chosen);
      } catch (error) {
        await end();
        // An editor can write a file twice.
        if (played !== null || String(error) !== mistake) tell(error);
        played = null;
        mistake = String(error);
      }
    }
    return EXIT.interrupted;
  } finally {
    release();
    await watch.close();
    await end();
  }
}

/** What is said while the code is read is shown only if the package has changed. */
function collected({ isTerminal, columns }: Output): Output & { readonly text: () => string } {
  let written = "";
  return {
    isTerminal,
    columns,
    write: (text) => {
      written += text;
    },
    drained: () => Promise.resolve(),
    text: () => written,
  };
}
