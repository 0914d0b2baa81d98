/**
 * Whether the log of an environment would show the failure of an invocation: its runtime is known, and the client of that runtime writes a
 * line that the log's format and level let through. Only then is the absence of such a line a success.
 */
import { familyNamed } from "../../runtimes/all-runtimes.ts";
import type { LogFilter } from "../../runtimes/runtime-log.ts";
import type { ObservedEnvironment } from "../timeline/environment.ts";
import type { EvidenceView } from "../correlate/evidence-view.ts";

/** Whether the function writes lines of its own, also where those are only counted. */
export const SHOWN_NEEDS = ["environment-ends", "invocation-counts"] as const;
type ShownView = EvidenceView<typeof SHOWN_NEEDS>;

/**
 * `runtime-unknown`: no line names a runtime that is known (container images, a log that begins later). `client-silent`: such a runtime may
 * write nothing. `level-unknown`: JSON, and nothing shows its application log level. `level-hides`: that level hides the line.
 */
export type NotShown = "runtime-unknown" | "client-silent" | "level-unknown" | "level-hides";

interface FunctionFacts {
  readonly showsInfo: boolean;
  /** Families whose client was seen to write the line in this function's log. */
  readonly seen: ReadonlySet<string>;
}

const facts = new WeakMap<ShownView, FunctionFacts>();

/** Null: it would. */
export function failuresShown(history: ShownView, { runtime }: ObservedEnvironment): NotShown | null {
  const family = runtime?.family == null ? null : familyNamed(runtime.family);
  if (runtime === null || family === null) return "runtime-unknown";
  const { showsInfo, seen } = factsOf(history);
  const { shownBehind } = family.log;
  if (shownBehind.length === 0) return seen.has(family.name) ? null : "client-silent";
  const filter: LogFilter =
    runtime.format === "Text"
      ? "text"
      : (history.settings.applicationLogLevel ?? (showsInfo ? "INFO" : null));
  if (filter === null) return "level-unknown";
  return shownBehind.includes(filter) ? null : "level-hides";
}

function factsOf(history: ShownView): FunctionFacts {
  let known = facts.get(history);
  if (known === undefined) {
    known = {
      showsInfo: history.environments.some(({ showsInfo, condensed }) => showsInfo || condensed.served > 0),
      seen: new Set(
        history.environments.flatMap((one) => (showsFailure(one) ? [one.runtime?.family ?? ""] : [])),
      ),
    };
    facts.set(history, known);
  }
  return known;
}

function showsFailure({ runtime, invocations }: ObservedEnvironment): boolean {
  // Packed invocations show none, and only runtimes that may be silent are asked.
  return runtime?.family === "provided" && invocations.some(({ handlerError }) => handlerError !== null);
}
