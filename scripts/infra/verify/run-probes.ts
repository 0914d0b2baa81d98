/** Runs the probes (each checks one row of docs/verified.md) one after the other. If a probe fails, all others run nevertheless. */
import { errorText } from "../../../harness/src/adapters/aws/error-text.ts";
import { deniedActions } from "./denied-actions.ts";
import { differs, notReached, type ProbeContext, type ProbeResult } from "./probe.ts";

type Context = Pick<ProbeContext, "signal">;
type AnyProbe<Given> = (context: Given) => Promise<ProbeResult>;

export async function runProbes<Id extends string, Given extends Context>(
  probes: ReadonlyMap<Id, AnyProbe<Given>>,
  context: Given,
  report: (id: Id, seen: ProbeResult) => void,
): Promise<ReadonlyMap<Id, ProbeResult>> {
  const results = new Map<Id, ProbeResult>();
  for (const [id, probe] of probes) {
    const seen = context.signal.aborted ? INTERRUPTED : await seenBy(probe, context);
    results.set(id, seen);
    report(id, seen);
  }
  return results;
}

export const INTERRUPTED = notReached("The verification was interrupted.");

async function seenBy<Given extends Context>(probe: AnyProbe<Given>, context: Given): Promise<ProbeResult> {
  try {
    return await probe(context);
  } catch (error) {
    if (context.signal.aborted) return INTERRUPTED;
    const { name = "Error" } = error as { readonly name?: string };
    const text = `${name}: ${errorText(error)}`;
    // A missing permission differs from what is expected, so it is a result.
    return deniedActions(error).length > 0 ? differs(text) : notReached(`The probe failed with ${text}`);
  }
}
