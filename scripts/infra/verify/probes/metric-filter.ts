/**
 * The pattern of the metric filter must find a line about a refused connection, because this line counts for the alarm. It must not find a
 * line about an accepted connection.
 */
import { DescribeMetricFiltersCommand } from "@aws-sdk/client-cloudwatch-logs";
import { invoke, invokedText } from "../invoke.ts";
import { logLines, type Line } from "../log-lines.ts";
import { confirmed, differs, type ProbeContext, type ProbeResult } from "../probe.ts";

export async function metricFilter(context: ProbeContext): Promise<ProbeResult> {
  const { logs, logGroup, signal } = context;
  const { metricFilters = [] } = await logs.send(
    new DescribeMetricFiltersCommand({ logGroupName: logGroup }),
    { abortSignal: signal },
  );
  const pattern = metricFilters[0]?.filterPattern;
  if (pattern === undefined) return differs("The log group has no metric filter.");
  const invoked = await invoke(context, { ask: "two lines" });
  if (invoked.answer === null) return differs(`The invocation ${invokedText(invoked)}.`);
  const ofInvocation = (lines: readonly Line[]): readonly Line[] =>
    lines.filter(({ message }) => message.includes(invoked.requestId) && message.includes('"connect"'));
  // Both lines must be in the log first: else a line that the pattern does not find may merely be late.
  const written = ofInvocation(await logLines(context, (lines) => ofInvocation(lines).length >= 2));
  if (written.length !== 2)
    return differs(`The log has ${written.length} lines of the function instead of 2.`);
  const found = ofInvocation(await logLines(context, (lines) => ofInvocation(lines).length > 0, pattern));
  const right = found.length === 1 && found[0]?.message.includes('"refused"') === true;
  return right
    ? confirmed("The pattern finds the line that counts, and not the other one.")
    : differs(`The pattern finds ${found.length} of the 2 lines, and not exactly the one that counts.`);
}
