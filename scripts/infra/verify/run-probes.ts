/** Runs the probes one after the other. A fault in one of them leaves the others running. */
import { errorText } from "../../../harness/src/adapters/aws/error-text.ts";
import { differs, notReached, type Probe, type ProbeContext, type ProbeResult } from "./probe.ts";

export async function runProbes<Id extends string>(
  probes: ReadonlyMap<Id, Probe>,
  context: ProbeContext,
  told: (id: Id, seen: ProbeResult) => void,
): Promise<ReadonlyMap<Id, ProbeResult>> {
  const results = new Map<Id, ProbeResult>();
  for (const [id, probe] of probes) {
    const seen = context.signal.aborted ? INTERRUPTED : await seenBy(probe, context);
    results.set(id, seen);
    told(id, seen);
  }
  return results;
}

export const INTERRUPTED = notReached("The verification was interrupted.");

async function seenBy(probe: Probe, context: ProbeContext): Promise<ProbeResult> {
  try {
    return await probe(context);
  } catch (error) {
    if (context.signal.aborted) return INTERRUPTED;
    const { name = "Error" } = error as { readonly name?: string };
    const text = `${name}: ${errorText(error)}`;
    // A permission that is missing is a result: the documented policies do not suffice.
    return /AccessDenied|NotAuthorized|Unauthorized/i.test(text)
      ? differs(text)
      : notReached(`The probe failed with ${text}`);
  }
}
