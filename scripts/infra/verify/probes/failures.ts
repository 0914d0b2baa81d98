/** How does the platform's report show a time-out and a process that ended? */
import { invoke, invokedText } from "../invoke.ts";
import { reportOf } from "../log-lines.ts";
import type { ProbeEvent } from "../probe-event.ts";
import { confirmed, differs, type Probe } from "../probe.ts";

/** Longer than the function's time-out. */
const TOO_LONG_MS = 600_000;

export const timeOut: Probe = failing({ ask: "wait", ms: TOO_LONG_MS }, { status: "timeout" });
export const crash: Probe = failing({ ask: "crash" }, { status: "error", errorType: "Runtime.ExitError" });

function failing(
  event: ProbeEvent,
  expected: { readonly status: string; readonly errorType?: string },
): Probe {
  return async (context) => {
    const invoked = await invoke(context, event);
    if (invoked.failed === null) return differs(`The invocation ${invokedText(invoked)}.`);
    const report = await reportOf(context, invoked.requestId);
    if (report === null) return differs("The log has no report with the request id of the invocation.");
    const text = `The invocation ${invokedText(invoked)}; its report has status ${report.status ?? "none"}, error type ${report.errorType ?? "none"}.`;
    const asExpected =
      report.status === expected.status &&
      (expected.errorType === undefined || report.errorType === expected.errorType);
    return asExpected ? confirmed(text) : differs(text);
  };
}
