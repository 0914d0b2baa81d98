/** The pattern of the deployed metric filter, over lines that the function really wrote. */
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
  // First both lines must be in the log; only then does the search with the pattern say something.
  const written = ofInvocation(await logLines(context, (lines) => ofInvocation(lines).length >= 2));
  if (written.length !== 2) return differs(`The log has ${written.length} of the 2 lines.`);
  const found = ofInvocation(await logLines(context, (lines) => ofInvocation(lines).length > 0, pattern));
  const text = `The pattern finds ${found.length} of 2 lines.`;
  return found.length === 1 && found[0]?.message.includes('"refused"') === true
    ? confirmed(text)
    : differs(text);
}
