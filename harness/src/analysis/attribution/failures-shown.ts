/** Decides whether the log of an environment would show a failed invocation. Only then does a missing error line prove a success. */
import { familyNamed } from "../../catalogue/runtimes/all-runtimes.ts";
import type { LogFilter } from "../../catalogue/runtimes/runtime-log.ts";
import type { ObservedEnvironment } from "../timeline/environment.ts";
import { PackedInvocations } from "../timeline/packed-invocations.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

/**
 * `runtime-unknown`: no line names a known runtime, for example with container images or if the log begins after INIT_START.
 * `client-silent`: the client of this runtime may write nothing about a failure. `level-unknown`: the log is JSON and nothing shows its
 * application log level. `level-hides`: that level hides the line. `console-altered`: the line can look like any other line. `web-function`:
 * a web function answers its errors itself.
 */
export type NotShown =
  "runtime-unknown" | "client-silent" | "level-unknown" | "level-hides" | "console-altered" | "web-function";

interface FailureSigns {
  readonly showsInfo: boolean;
  readonly consoleAltered: boolean;
  /** The runtime families whose client wrote a line about a failure in this function's log. */
  readonly seen: ReadonlySet<string>;
  /** The only family of `seen` whose lines are in streams that do not name their runtime. Null if there is no such family, or several. */
  readonly unnamed: string | null;
}

const facts = new WeakMap<FunctionHistory, FailureSigns>();

/** Returns null if the log would show a failure, else the reason why it would not. */
export function failuresShown(
  history: FunctionHistory,
  { runtime, web }: ObservedEnvironment,
): NotShown | null {
  if (web) return "web-function";
  const { showsInfo, consoleAltered, seen, unnamed } = factsOf(history);
  const name = runtime?.family ?? unnamed;
  const family = name === null ? null : familyNamed(name);
  if (runtime === null || family === null) return "runtime-unknown";
  if (consoleAltered) return "console-altered";
  const { shownBehind } = family.log;
  if (shownBehind.length === 0) return seen.has(family.name) ? null : "client-silent";
  const filter: LogFilter =
    runtime.format === "Text"
      ? "text"
      : (history.settings.applicationLogLevel ?? (showsInfo ? "INFO" : null));
  if (filter === null) return "level-unknown";
  return shownBehind.includes(filter) ? null : "level-hides";
}

function factsOf(history: FunctionHistory): FailureSigns {
  let known = facts.get(history);
  if (known === undefined) {
    const named = new Set<string>();
    const unnamed = new Set<string>();
    for (const environment of history.environments)
      for (const family of familiesSeen(environment))
        (environment.runtime?.family == null ? unnamed : named).add(family);
    const [only] = unnamed;
    known = {
      showsInfo: history.environments.some(({ showsInfo }) => showsInfo),
      consoleAltered: history.environments.some((environment) => environment.consoleAltered),
      seen: new Set([...named, ...unnamed]),
      unnamed: unnamed.size === 1 ? (only ?? null) : null,
    };
    facts.set(history, known);
  }
  return known;
}

/** Returns the runtime families whose client wrote a line about a failure. Empty if this runtime is known to write such lines always. */
function familiesSeen({ runtime, invocations }: ObservedEnvironment): ReadonlySet<string> {
  const seen = new Set<string>();
  const shownBehind = familyNamed(runtime?.family ?? "")?.log.shownBehind ?? [];
  // Packed invocations (timeline/packed-invocations.ts) have no line about a failure.
  if (shownBehind.length > 0 || invocations instanceof PackedInvocations) return seen;
  for (const { handlerError } of invocations) if (handlerError !== null) seen.add(handlerError.family);
  return seen;
}
