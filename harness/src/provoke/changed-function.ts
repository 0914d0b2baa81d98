/** Changes one function. Each change is in the journal before it is made, so that undo-changes.ts finds it whatever happens. */
import { notAvailable, type LongrunError } from "../base/errors.ts";
import type { ChangeBegun, JournalEventBody } from "../record/journal.ts";
import type { Lever } from "../words/lever.ts";
import type { FunctionChanges, WantedCopy } from "../run/ports/function-changes.ts";
import { latestMark, provisionedWords, readMark, versionMark } from "./mark.ts";
import { undoChanges, type UndoneChange } from "./undo-changes.ts";

interface ChangedFunctionOptions {
  readonly label: string;
  readonly functionName: string;
  /** The name of the run, which the marks carry. */
  readonly run: string;
  readonly changes: FunctionChanges;
  readonly record: (event: JournalEventBody) => void;
}

type Change = ChangeBegun extends infer One
  ? One extends ChangeBegun
    ? Omit<One, "event" | "function" | "sequence" | "time" | "monotonicMs">
    : never
  : never;

/** The concurrency beside one provisioned environment that `$LATEST` needs to be invoked. */
export const BESIDE_PROVISIONED = 2;

interface VersionToProvision {
  readonly version: string;
  /** The reserved concurrency before. */
  readonly reserved: number | null;
}

export class ChangedFunction {
  readonly #options: ChangedFunctionOptions;
  #begun: Change[] = [];
  #description: string | null = null;

  constructor(options: ChangedFunctionOptions) {
    this.#options = options;
  }

  /** Makes the function itself, as a copy of another one. The copy is deleted last. */
  async copy(of: string, wanted: Pick<WantedCopy, "reserved" | "rewrite">): Promise<void> {
    const { functionName, run, changes } = this.#options;
    this.#begin({ change: "copy", of, run });
    await changes.copy(of, { functionName, run, ...wanted });
  }

  /** To be called before the first invocation, because some levers change nothing before the second one. */
  async refuseOtherRuns(): Promise<void> {
    const { functionName, changes } = this.#options;
    await this.#before((await changes.look(functionName)).description);
  }

  /** Publishes a version. Lambda publishes nothing if nothing has changed since the last version, so the description changes meanwhile. */
  async publishChanged(lever: Lever, what: string): Promise<string> {
    await this.describe(lever, what);
    const version = await this.publish(lever, what);
    await this.#undo(({ change }) => change === "describe");
    return version;
  }

  async publish(lever: Lever, what: string): Promise<string> {
    const { label, functionName, run, changes, record } = this.#options;
    const mark = versionMark(run, what);
    const { revisionId } = await changes.look(functionName);
    this.#begin({ change: "publish", lever, description: mark });
    const { version, description } = await changes.publish(functionName, mark, revisionId);
    if (description !== mark)
      throw notAvailable(
        `Lambda published no version of ${functionName}: it returned version ${version}, which was there before.`,
      );
    record({ event: "version-published", function: label, lever, version });
    return version;
  }

  async describe(lever: Lever, what: string): Promise<void> {
    const { functionName, run, changes } = this.#options;
    const { description, revisionId } = await changes.look(functionName);
    const from = await this.#before(description);
    if (description !== from && readMark(description)?.run !== run)
      throw notAvailable(`Somebody else has changed the description of ${functionName}.`);
    const to = latestMark(run, what, from);
    this.#begin({ change: "describe", lever, from, to });
    await changes.describe(functionName, to, revisionId);
  }

  /** Publishes a version for `provision`. Its mark has the reserved concurrency, which `provision` changes. */
  async publishToProvision(lever: Lever): Promise<VersionToProvision> {
    const { functionName, changes } = this.#options;
    const reserved = await changes.reservedConcurrency(functionName);
    return { version: await this.publishChanged(lever, provisionedWords(reserved)), reserved };
  }

  /** Provides one environment of the version, and reserves concurrency for `$LATEST` beside it. */
  async provision(lever: Lever, { version, reserved }: VersionToProvision): Promise<void> {
    const { functionName, changes } = this.#options;
    if (reserved !== null && reserved < BESIDE_PROVISIONED) {
      this.#begin({ change: "reserve", lever, from: reserved, to: BESIDE_PROVISIONED });
      await changes.reserve(functionName, BESIDE_PROVISIONED);
    }
    this.#begin({ change: "provision", lever, version });
    await changes.provision(functionName, version, 1);
  }

  /** Undoes everything that is not undone yet. Throws if something could not be undone. */
  async undo(): Promise<void> {
    await this.#undo(() => true);
  }

  /** What could not be undone is left to `longrun undo`. */
  leave(): void {
    this.#begun = [];
  }

  /** Resolves to the description before this run. Refuses a function that another run is changing, or that a killed run has left changed. */
  async #before(description: string): Promise<string> {
    if (this.#description !== null) return this.#description;
    const { functionName, run, changes } = this.#options;
    const latest = readMark(description);
    if (latest !== null) throw changedBy(latest.run, functionName, "a description");
    for (const one of await changes.versions(functionName)) {
      const mark = readMark(one.description);
      if (mark !== null && mark.run !== run)
        throw changedBy(mark.run, functionName, `version ${one.version}`);
    }
    return (this.#description = description);
  }

  #begin(change: Change): void {
    const { label, record } = this.#options;
    this.#begun.push(change);
    record({ event: "change-begun", function: label, ...change });
  }

  async #undo(which: (change: Change) => boolean): Promise<void> {
    const { label, functionName, changes, record } = this.#options;
    const begun = this.#begun.filter(which);
    if (begun.length === 0) return;
    const undone = (one: UndoneChange): void => {
      try {
        record(undoneEvent(label, one));
      } catch {
        // A full disk keeps nothing from being undone.
      }
    };
    await undoChanges({ functionName, begun, changes, undone });
    this.#begun = this.#begun.filter((one) => !begun.includes(one));
  }
}

export function undoneEvent(label: string, { change, what, left }: UndoneChange): JournalEventBody {
  return { event: "change-undone", function: label, change, what, left };
}

function changedBy(run: string, functionName: string, what: string): LongrunError {
  return notAvailable(`${functionName} has ${what} of the run ${run}, which goes on or was killed.`, {
    hint: "Wait for the end of that run. If it was killed, longrun undo --region REGION removes what it left.",
  });
}
