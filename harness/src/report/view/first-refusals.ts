import type { ConnectionResult, InvocationResult } from "../../result/environment-result.ts";
import type { FunctionResult } from "../../result/function-result.ts";
import { codeAndText, nameInSentence } from "../wording/server-name.ts";

/** For these causes, nothing else in a report shows what the server said. `null` stands for an unknown cause. */
const WITH_WORDS: ReadonlySet<string | null> = new Set([null, "peer-full", "own-connections"]);

/** Returns the text that follows each cause, such as ` (first refusal, by Postgres: 53300 too many connections)`. */
export function firstRefusals(
  invocations: Iterable<InvocationResult>,
  environments: FunctionResult["environments"],
): ReadonlyMap<string | null, string> {
  const refusals = new Map<string, readonly ConnectionResult[]>();
  for (const { id, connections } of environments)
    refusals.set(
      id,
      connections.filter(({ outcome, code }) => outcome === "refused" && code != null),
    );
  const first = new Map<string | null, string>();
  for (const { outcome, cause, environment, from, to } of invocations) {
    if (outcome === "succeeded" || !WITH_WORDS.has(cause) || first.has(cause)) continue;
    const within = (time: string | null): boolean =>
      time !== null && from !== null && to !== null && time >= from && time <= to;
    const refused = refusals.get(environment ?? "")?.find((one) => within(one.from));
    if (refused?.protocol === undefined || refused.code == null) continue;
    const { protocol, code, text } = refused;
    const said = codeAndText({ protocol, code, text: text ?? null });
    first.set(cause, ` (first refusal, by ${nameInSentence(protocol)}: ${said})`);
  }
  return first;
}
