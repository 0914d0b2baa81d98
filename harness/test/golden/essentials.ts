/**
 * The essentials of a result on one line, so that the diff of a change shows story by story what it decides differently: verdicts with
 * their reasons, findings, and how the failed invocations ended. Environments are named by their position in the result; `2<1`
 * means that environment 1 held the connection in question for environment 2.
 */
import { groupBy } from "../../src/base/group-by.ts";
import type { FunctionResult } from "../../src/result/function-result.ts";
import type { RunResult } from "../../src/result/run-result.ts";

/** The whole title is in the bundle of the stories. */
const OF_LENGTH_MAX = 80;

export function essentialsOf(name: string, of: string, result: unknown): string {
  const { functions } = result as RunResult;
  const about = of.length > OF_LENGTH_MAX ? `${of.slice(0, OF_LENGTH_MAX)}…` : of;
  return `${JSON.stringify({ story: name, of: about, functions: functions.map(ofFunction) })}\n`;
}

function ofFunction(one: FunctionResult): unknown {
  const position = new Map(one.environments.map(({ id }, index) => [id, index + 1]));
  const place = (id: string | null): number | string =>
    id === null ? "-" : (position.get(id) ?? "elsewhere");
  const found = one.findings.filter(({ status }) => status !== "clear");
  const findings = [
    ...groupBy(found, ({ check, status, code }) =>
      code === check ? `${check} ${status}` : `${check} ${status} ${code}`,
    ),
  ].map(([what, same]) => {
    const about = counted(
      same.map(({ environment, holder }) =>
        holder === null ? String(place(environment)) : `${place(environment)}<${place(holder)}`,
      ),
    );
    return about.join() === "-" ? what : `${what}: ${about.join(", ")}`;
  });
  const failed = one.invocationList
    .filter(({ outcome, harmed, delayed }) => outcome !== "succeeded" || harmed || delayed)
    .map(({ environment, outcome, cause, harmed, delayed }) =>
      [place(environment), outcome, cause, harmed ? "harmed" : null, delayed ? "delayed" : null]
        .filter((word) => word !== null)
        .join(" "),
    );
  return {
    verdict: [one.verdict, ...one.reasons].join(" "),
    ...(findings.length === 0 ? {} : { findings }),
    ...(failed.length === 0 ? {} : { failed: counted(failed) }),
  };
}

/** Equal entries are written once, with their number. */
function counted(entries: readonly string[]): readonly string[] {
  return [...groupBy(entries, (entry) => entry)].map(([entry, { length }]) =>
    length === 1 ? entry : `${entry} ×${length}`,
  );
}
