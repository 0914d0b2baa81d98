/** Pulls the levers of `--provoke` before the drive, chooses which version each invocation runs, and undoes the levers after the drive. */
import { isLongrunError, notAvailable, type LongrunError } from "../base/errors.ts";
import { undoneEvent } from "../provoke/changed-function.ts";
import { LATEST, type SeenEnvironments } from "../provoke/lever-kind.ts";
import { ProvokedFunction } from "../provoke/provoked-function.ts";
import { ENVIRONMENTS_LIVE_ON, undoChanges, undoneSentence } from "../provoke/undo-changes.ts";
import type { FunctionInput, LambdaService, SoakInput, SoakPorts } from "./soak-input.ts";
import type { Soak, SoakFunction } from "./soak-state.ts";
import type { Recorder } from "./recorder.ts";

/** If a lever fails, the levers before it are undone by the cleanup of prepare.ts. */
export async function provokeFunctions(soak: Soak): Promise<void> {
  const { input, ports } = soak;
  if (input.provoke.length === 0 && input.schedule === undefined) return;
  const provoked = new Map<SoakFunction, ProvokedFunction>();
  soak.nextOf = async (one) => (await provoked.get(one)?.next()) ?? { functionName: one.input.functionName };
  for (const one of soak.functions) {
    const { label, functionName } = one.input;
    const pulled = new ProvokedFunction({
      functionName,
      changed: one.changed,
      seen: seenOf(soak, one),
      tenants: input.tenants,
    });
    provoked.set(one, pulled);
    await one.changed.refuseOtherRuns();
    if (input.schedule !== undefined) {
      const { published } = await pulled.follow(input.schedule);
      for (const [index, version] of published.entries())
        ports.progress.say(`${label}: version ${index + 1} of the schedule is version ${version}`);
      continue;
    }
    for (const lever of input.provoke) {
      if (ports.stop.drain.aborted) return;
      await pulled.pull(lever);
    }
    ports.progress.say(`${label}: ${inTurn(pulled)}`);
  }
}

/** Tries once more if the first attempt fails. The failure of the second one is reported with the run's result. */
export async function undoProvoked(soak: Soak): Promise<void> {
  if (soak.nextOf === null) return;
  const undo = async (): Promise<void> => {
    for (const { changed } of soak.functions) await changed.undo();
  };
  try {
    await undo().catch(undo);
    soak.ports.progress.say("what was provoked is undone");
    if (soak.input.manifest.target === "aws") soak.ports.progress.say(ENVIRONMENTS_LIVE_ON);
  } catch (error) {
    soak.undoFailure = withUndo(error, soak.ports.store.folder);
    soak.ports.progress.say(soak.undoFailure.message);
    for (const { changed } of soak.functions) changed.leave();
  }
}

/** The error if something could not be undone. */
export function withUndo(error: unknown, folder: string): LongrunError {
  if (!isLongrunError(error)) throw error;
  return notAvailable(error.message, {
    hint: `longrun undo ${folder} tries it again.`,
    cause: error,
  });
}

/** A part of the run that was killed may have left what it changed. */
export async function undoKilledPart(
  { label, functionName }: FunctionInput,
  {
    input,
    ports,
    service,
    recorder,
  }: {
    readonly input: SoakInput;
    readonly ports: SoakPorts;
    readonly service: LambdaService;
    readonly recorder: Recorder;
  },
): Promise<void> {
  const begun = input.resume?.functions.get(label)?.changes ?? [];
  if (begun.length === 0) return;
  await undoChanges({
    functionName,
    begun,
    changes: service.changes,
    undone: (one) => {
      recorder.record(undoneEvent(label, one));
      ports.progress.say(`${label}: ${undoneSentence(one)}`);
    },
  });
}

function inTurn({ invoked, tenants }: Pick<ProvokedFunction, "invoked" | "tenants">): string {
  const forTenants = tenants.length === 0 ? "" : `, for ${tenants.length} tenants in turn`;
  if (invoked.length === 1) return `${invoked[0] ?? LATEST} is invoked${forTenants}`;
  const versions = invoked.map((version) => (version === LATEST ? version : `version ${version}`));
  return `${versions.slice(0, -1).join(", ")} and ${versions.at(-1) ?? ""} are invoked in turn${forTenants}`;
}

function seenOf({ ports }: Soak, one: SoakFunction): SeenEnvironments {
  return {
    ofLatest: async () => {
      await one.collector.poll(ports.stop.abort);
      if (one.settlement.missing.length > 0) return null;
      return [...one.environments].filter((stream) => stream.includes(`[${LATEST}]`)).length;
    },
    say: (sentence) => ports.progress.say(`${one.input.label}: ${sentence}`),
  };
}
