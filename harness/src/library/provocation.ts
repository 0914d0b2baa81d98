/** Pulls levers of a function of the library, which is on the library's own engine, and says which version an invocation runs. */
import { wrongInput } from "../base/errors.ts";
import type { JournalEventBody } from "../record/journal.ts";
import { DEFAULT_TENANTS, LEVERS, type Lever } from "../words/lever.ts";
import type { FunctionKind } from "../words/function-kinds.ts";
import type { LogRecord } from "../record/log-record.ts";
import type { FunctionChanges } from "../run/ports/function-changes.ts";
import { ChangedFunction } from "../provoke/changed-function.ts";
import { LATEST } from "../provoke/lever-kind.ts";
import { ProvokedFunction, type InvocationTarget } from "../provoke/provoked-function.ts";
import type { Environment } from "./function-face.ts";
import { checkKnown } from "./known-value.ts";

interface ProvocationOptions {
  readonly name: string;
  readonly changes: FunctionChanges;
  readonly facts: { readonly kinds?: readonly FunctionKind[] };
  readonly record: (event: JournalEventBody) => void;
  readonly logs: () => Promise<readonly LogRecord[]>;
}

export class Provocation {
  readonly #options: ProvocationOptions;
  #provoked: ProvokedFunction | null = null;

  constructor(options: ProvocationOptions) {
    this.#options = options;
  }

  /** If a lever fails, those before it are undone. */
  async pull(levers: readonly Lever[]): Promise<void> {
    if (levers.length === 0) throw wrongInput(`provoke: expected one of ${LEVERS.join(", ")}`);
    for (const lever of levers) checkKnown("provoke", lever, LEVERS);
    const { name, changes, facts, record, logs } = this.#options;
    if (levers.includes("tenants") && facts.kinds?.includes("tenants") !== true)
      throw wrongInput('provoke: expected a function made with isolatesTenants: true for "tenants"');
    await this.undo();
    const ofLatest = async (): Promise<number> => {
      const streams = (await logs()).map(({ logStreamName }) => logStreamName);
      return new Set(streams.filter((stream) => stream.includes(`[${LATEST}]`))).size;
    };
    const seen = { ofLatest, say: () => undefined };
    const changed = new ChangedFunction({ label: name, functionName: name, run: "library", changes, record });
    this.#provoked = new ProvokedFunction({ functionName: name, changed, seen, tenants: DEFAULT_TENANTS });
    try {
      for (const lever of levers) await this.#provoked.pull(lever);
    } catch (error) {
      await this.undo();
      throw error;
    }
  }

  async next(placement: string | Environment | undefined): Promise<InvocationTarget> {
    const { name } = this.#options;
    if (this.#provoked === null) return { functionName: name };
    if (typeof placement === "object" && this.#provoked.choosesEnvironments)
      throw wrongInput(
        "placement: expected no environment after provoke, which chooses the version or the tenant of each invocation",
      );
    return this.#provoked.next();
  }

  async undo(): Promise<void> {
    await this.#provoked?.undo();
    this.#provoked = null;
  }
}
