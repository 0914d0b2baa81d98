import type { RunResult } from "../../src/domain/run-result.ts";

/**
 * Returns a result without what may differ if quiet invocations (evidence-need.ts) are only counted: entries of lists, and the number of
 * the invocations that were only counted (`invocationsCondensed`), which becomes null.
 */
export function comparable(result: RunResult): unknown {
  return {
    ...result,
    functions: result.functions.map((one) => ({
      ...one,
      invocationsCondensed: null,
      invocationList: one.invocationList.filter(
        ({ n, outcome, harmed, delayed }) =>
          // Without a driver, the log may not show the outcome of a quiet invocation.
          (outcome !== "succeeded" && (outcome !== "unknown" || n !== null)) || harmed || delayed,
      ),
      environments: one.environments.map((environment) => ({
        ...environment,
        connections: environment.connections.filter(
          ({ openedIn, outcome }) => openedIn !== "invoke" || outcome !== "accepted",
        ),
      })),
      findings: one.findings.map((finding) =>
        finding.code === "harm-unknown" && finding.parameters.why.code === "nothing-shows"
          ? { ...finding, requestIds: [] }
          : finding,
      ),
    })),
  };
}
