/** One function whose levers were pulled: says which version the next invocation runs. The invocations themselves are made elsewhere. */
import type { JournalEventBody } from "../domain/journal.ts";
import type { Lever } from "../domain/lever.ts";
import type { FunctionChanges } from "../ports/function-changes.ts";
import { LEVER_KINDS } from "./all-levers.ts";
import { ChangedFunction } from "./changed-function.ts";
import { LATEST, type PulledLever, type SeenEnvironments } from "./lever-kind.ts";

interface ProvokedFunctionOptions {
  readonly label: string;
  readonly functionName: string;
  /** The name of the run, which the marks carry. */
  readonly run: string;
  readonly changes: FunctionChanges;
  readonly record: (event: JournalEventBody) => void;
  readonly seen: SeenEnvironments;
}

export class ProvokedFunction {
  readonly #options: ProvokedFunctionOptions;
  readonly #changed: ChangedFunction;
  readonly #levers: PulledLever[] = [];
  #invocations = 0;

  constructor(options: ProvokedFunctionOptions) {
    this.#options = options;
    this.#changed = new ChangedFunction(options);
  }

  /** If it fails, `undo` undoes what was done. */
  async pull(lever: Lever): Promise<void> {
    this.#levers.push(await LEVER_KINDS[lever].pull(this.#changed, this.#options.seen));
  }

  /** The versions that are invoked in turn. */
  get invoked(): readonly string[] {
    return [...new Set(this.#levers.flatMap(({ invoked }) => invoked))];
  }

  /** To be called before each invocation. Resolves to the name, and to the version if it is not `$LATEST`. */
  async next(): Promise<string> {
    const { functionName } = this.#options;
    const { invoked } = this;
    const version = invoked[this.#invocations % invoked.length] ?? LATEST;
    this.#invocations += 1;
    if (version !== LATEST) return `${functionName}:${version}`;
    for (const lever of this.#levers) await lever.beforeLatest?.();
    return functionName;
  }

  /** Undoes everything that is not undone yet. Throws if something could not be undone. */
  undo(): Promise<void> {
    return this.#changed.undo();
  }
}
