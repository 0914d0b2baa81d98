/** One function whose levers were pulled: says which version the next invocation runs. The invocations themselves are made elsewhere. */
import type { Lever, LeverStep } from "../words/lever.ts";
import { LEVER_KINDS } from "./all-levers.ts";
import type { ChangedFunction } from "./changed-function.ts";
import { playSteps, type PlayedSchedule } from "./play-steps.ts";
import { LATEST, type PulledLever, type SeenEnvironments } from "./lever-kind.ts";

interface ProvokedFunctionOptions {
  readonly functionName: string;
  readonly changed: ChangedFunction;
  readonly seen: SeenEnvironments;
}

export class ProvokedFunction {
  readonly #options: ProvokedFunctionOptions;
  readonly #levers: PulledLever[] = [];
  #invocations = 0;
  #scheduled: PlayedSchedule | null = null;

  constructor(options: ProvokedFunctionOptions) {
    this.#options = options;
  }

  /** If it fails, `undo` undoes what was done. */
  async pull(lever: Lever): Promise<void> {
    const { changed, seen } = this.#options;
    this.#levers.push(await LEVER_KINDS[lever].pull(changed, seen));
  }

  /** Plays a schedule, in place of levers that are pulled before the first invocation. */
  async follow(steps: readonly LeverStep[]): Promise<PlayedSchedule> {
    return (this.#scheduled = await playSteps(this.#options.changed, steps));
  }

  /** The versions that are invoked in turn. */
  get invoked(): readonly string[] {
    return [...new Set(this.#levers.flatMap(({ invoked }) => invoked))];
  }

  /** To be called before each invocation. Resolves to the name, and to the version if it is not `$LATEST`. */
  async next(): Promise<string> {
    const { functionName } = this.#options;
    const version = await (this.#scheduled?.next() ?? this.#inTurn());
    return version === LATEST ? functionName : `${functionName}:${version}`;
  }

  async #inTurn(): Promise<string> {
    const { invoked } = this;
    const version = invoked[this.#invocations % invoked.length] ?? LATEST;
    this.#invocations += 1;
    if (version === LATEST) for (const lever of this.#levers) await lever.beforeLatest?.();
    return version;
  }

  /** Undoes everything that is not undone yet. Throws if something could not be undone. */
  undo(): Promise<void> {
    return this.#options.changed.undo();
  }
}
