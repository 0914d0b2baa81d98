/**
 * Undoes changes of one function. What still has our value gets its earlier value; what somebody else has changed meanwhile is left. It can
 * be repeated: a change that is undone, or was never made, is found so.
 */
import { isLongrunError, notAvailable } from "../base/errors.ts";
import type { ChangeBegun } from "../record/journal.ts";
import type { FunctionChanges } from "../run/ports/function-changes.ts";

type ChangeKind = ChangeBegun["change"];
export type BegunChange<Name extends ChangeKind = ChangeKind> = Name extends ChangeKind
  ? Omit<
      Extract<ChangeBegun, { readonly change: Name }>,
      "event" | "function" | "lever" | "of" | "sequence" | "time" | "monotonicMs"
    >
  : never;

export interface UndoneChange {
  readonly change: ChangeKind;
  /** Such as `version 4`. */
  readonly what: string;
  /** Why it was left. Null if it was undone. */
  readonly left: string | null;
}

const DONE: Readonly<Record<ChangeKind, string>> = {
  publish: "is deleted",
  provision: "is removed",
  describe: "is restored",
  reserve: "is restored",
  copy: "is deleted",
};

/** Neither a deleted version nor an older configuration says when Lambda ends its environments: docs/aws/lifecycle.md#lifetime. */
export const ENVIRONMENTS_LIVE_ON =
  "environments that the run made may stay connected to the machine until Lambda ends them, at the latest after 14 hours";

export function undoneSentence({ change, what, left }: UndoneChange): string {
  return `${what} ${left === null ? DONE[change] : `is left: ${left}`}`;
}

export interface ChangesToUndo {
  readonly functionName: string;
  readonly begun: readonly BegunChange[];
  readonly changes: FunctionChanges;
  /** Called for each thing that had to be undone. */
  readonly undone: (one: UndoneChange) => void;
}

/**
 * Resolves to whether there was something to undo it in: the function can be deleted meanwhile, or a copy was never made. Throws
 * "unavailable" if something could not be undone. Everything else is undone before.
 */
export async function undoChanges({ functionName, begun, changes, undone }: ChangesToUndo): Promise<boolean> {
  if (!(await changes.exists(functionName))) return false;
  const copies = only("copy");
  const failed: string[] = [];
  const attempt = async (
    change: ChangeKind,
    what: string,
    /** Resolves to why it was left, to null if it is undone, or to undefined if there was nothing to undo. */
    act: () => Promise<string | null | undefined>,
  ): Promise<void> => {
    let left: string | null | undefined;
    try {
      left = await act();
    } catch (error) {
      if (!isLongrunError(error)) throw error;
      failed.push(error.message);
      left = error.message;
    }
    if (left !== undefined) undone({ change, what, left });
  };
  // Provisioned environments cost money until they are removed, and a version that has some cannot be deleted.
  const published = new Set(only("publish").map(({ description }) => description));
  const versions: string[] = [];
  if (published.size > 0)
    await attempt("publish", "every version", async () => {
      const all = await changes.versions(functionName);
      versions.push(...all.flatMap((one) => (published.has(one.description) ? [one.version] : [])));
      return undefined;
    });
  const provisioned = new Set(only("provision").map(({ version }) => version));
  for (const version of versions.filter((one) => provisioned.has(one)))
    await attempt("provision", `the provisioned concurrency of version ${version}`, async () => {
      await changes.unprovision(functionName, version);
      return null;
    });
  for (const version of versions)
    await attempt("publish", `version ${version}`, async () => {
      await changes.deleteVersion(functionName, version);
      return null;
    });
  await undoValue("describe", "the description", only("describe"), async () => {
    const { description, revisionId } = await changes.look(functionName);
    return { now: description, restore: (before) => changes.describe(functionName, before, revisionId) };
  });
  // RevisionId does not cover the reserved concurrency, which is therefore compared by its value.
  await undoValue("reserve", "the reserved concurrency", only("reserve"), async () => ({
    now: await changes.reservedConcurrency(functionName),
    restore: (before) => changes.reserve(functionName, before),
  }));
  if (copies.length > 0)
    await attempt("copy", "the copy", async () => {
      const run = await changes.copiedBy(functionName);
      if (run === undefined) return undefined;
      if (run === null || !copies.some((one) => one.run === run)) return "its tag does not name this run";
      await changes.deleteCopy(functionName, run);
      return null;
    });
  if (failed.length > 0) throw notAvailable(`${functionName} is not as it was before: ${failed.join(" ")}`);
  return true;

  function only<Name extends ChangeKind>(name: Name): readonly BegunChange<Name>[] {
    return begun.filter((one): one is BegunChange<Name> => one.change === name);
  }

  async function undoValue<Value>(
    change: ChangeKind,
    what: string,
    made: readonly { readonly from: Value; readonly to: Value }[],
    read: () => Promise<{ readonly now: Value; readonly restore: (before: Value) => Promise<void> }>,
  ): Promise<void> {
    const [first] = made;
    if (first === undefined) return;
    await attempt(change, what, async () => {
      const { now, restore } = await read();
      if (now === first.from) return undefined;
      if (!made.some(({ to }) => to === now)) return "somebody else has changed it";
      await restore(first.from);
      return null;
    });
  }
}
