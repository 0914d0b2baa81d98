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
  /** How many tenants the lever `tenants` names. */
  readonly tenants: number;
}

/** What is invoked: the name, with the version if it is not `$LATEST`, and the tenant if there is one. */
export interface InvocationTarget {
  readonly functionName: string;
  readonly tenantId?: string;
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
    const { changed, seen, tenants } = this.#options;
    this.#levers.push(await LEVER_KINDS[lever].pull(changed, seen, { tenants }));
  }

  /** Plays a schedule, in place of levers that are pulled before the first invocation. */
  async follow(steps: readonly LeverStep[]): Promise<PlayedSchedule> {
    return (this.#scheduled = await playSteps(this.#options.changed, steps));
  }

  /** The versions that are invoked in turn. */
  get invoked(): readonly string[] {
    // `tenants` alone invokes `$LATEST`; beside another lever, that one says what is invoked.
    const choosing = this.#levers.filter(({ tenants }) => tenants === undefined);
    return [...new Set((choosing.length === 0 ? this.#levers : choosing).flatMap(({ invoked }) => invoked))];
  }

  /** The tenants that are invoked in turn. */
  get tenants(): readonly string[] {
    return this.#levers.flatMap(({ tenants = [] }) => tenants);
  }

  /** Whether it chooses among environments, so that nobody else can. */
  get choosesEnvironments(): boolean {
    return this.tenants.length > 0 || this.invoked.some((version) => version !== LATEST);
  }

  /** To be called before each invocation. */
  async next(): Promise<InvocationTarget> {
    const { functionName } = this.#options;
    // Each version is invoked for each tenant.
    const { tenants, invoked } = this;
    const turn = Math.floor(this.#invocations / Math.max(1, invoked.length));
    const tenantId = tenants[turn % Math.max(1, tenants.length)];
    const version = await (this.#scheduled?.next() ?? this.#inTurn());
    return {
      functionName: version === LATEST ? functionName : `${functionName}:${version}`,
      ...(tenantId === undefined ? {} : { tenantId }),
    };
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
