/** Gives a function of the run what changes it and undoes it. With --copy, makes the function first. */
import { ChangedFunction } from "../provoke/changed-function.ts";
import { copiedVariables } from "./copied-variables.ts";
import { withUndo } from "./provoke-functions.ts";
import type { Recorder } from "./recorder.ts";
import type { FunctionInput, LambdaService, SoakInput, SoakPorts } from "./soak-input.ts";
import type { Cleanup } from "./soak-state.ts";

/** What of the run is needed to prepare one of its functions. */
export interface FunctionSurroundings {
  readonly input: SoakInput;
  readonly ports: SoakPorts;
  readonly recorder: Recorder;
  readonly service: LambdaService;
  readonly cleanup: Cleanup;
}

export async function prepareChanges(
  { label, functionName, copyOf }: FunctionInput,
  { input, ports, recorder, service, cleanup }: FunctionSurroundings,
): Promise<ChangedFunction> {
  const changed = new ChangedFunction({
    label,
    functionName,
    run: input.name,
    changes: service.changes,
    record: (event) => void recorder.record(event),
  });
  cleanup.add(() =>
    changed.undo().catch((error: unknown) => {
      throw withUndo(error, ports.store.folder);
    }),
  );
  if (copyOf === undefined) return changed;
  ports.progress.say(`${label}: making ${functionName}, a copy of ${copyOf}`);
  await changed.copy(copyOf, {
    reserved: input.reservedConcurrency,
    rewrite: (variables) => copiedVariables(variables, input.links),
  });
  return changed;
}
