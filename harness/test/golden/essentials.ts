/**
 * The essentials of a result on one line, so that the diff of a change shows story by story what it decides differently: verdicts with
 * their reasons, findings, and how the failed invocations ended. Environments are named by their position in the result.
 */
import { groupBy } from "../../src/domain/group-by.ts";
import type { FunctionResult, RunResult } from "../../src/domain/run-result.ts";

export function essentialsOf(name: string, of: string, result: unknown): string {
  const { functions } = result as RunResult;
  return `${JSON.stringify({ story: name, of, functions: functions.map(ofFunction) })}\n`;
}

function ofFunction(one: FunctionResult): unknown {
  const position = new Map(one.environments.map(({ id }, index) => [id, index + 1]));
  const place = (id: string | null): number | string =>
    id === null ? "-" : (position.get(id) ?? "elsewhere");
  const findings = one.findings
    .filter(({ status }) => status !== "clear")
    .map(({ check, status, code, environment, holder }) => {
      const about = [environment, holder].map(place);
      return `${check} ${status} ${code}${holder === null && environment === null ? "" : ` ${about.join(" ")}`}`;
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
    findings: counted(findings),
    failed: counted(failed),
  };
}

/** Equal entries are written once, with their number. */
function counted(entries: readonly string[]): readonly string[] {
  return [...groupBy(entries, (entry) => entry)].map(([entry, { length }]) =>
    length === 1 ? entry : `${entry} ×${length}`,
  );
}
