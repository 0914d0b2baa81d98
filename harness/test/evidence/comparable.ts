import type { RunResult } from "../../src/domain/run-result.ts";

/** What a result says, without the lists that are allowed to be shorter. */
export function comparable(result: RunResult): unknown {
  return {
    ...result,
    functions: result.functions.map((one) => ({
      ...one,
      invocationsCondensed: null,
      invocationList: one.invocationList.filter(
        ({ n, outcome, harmed, delayed }) =>
          // Without a driver a quiet invocation may have an outcome that the log does not show.
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
