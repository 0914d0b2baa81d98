/** What a probe saw of a machine, in words that follow the machine's address. */
import type { MannerUnknown, ProbeReport, ServerManner, WhenFull } from "../../record/probe.ts";
import { count } from "./fixed-words.ts";

const WHEN_FULL: Readonly<Record<WhenFull, string>> = {
  "does-not-listen": "does not listen while it is full: the request to connect of another client is refused",
  closes: "closes the connection of another client",
  "says-and-closes": "says something to another client and closes the connection",
  waits: "lets another client wait",
  "ends-older": "serves another client too, and ends an older connection for it",
};

const UNKNOWN: Readonly<Record<MannerUnknown, string>> = {
  silence:
    "keeps every client and says nothing to any. This looks the same if it has more places, lets clients wait, or decides only after a client speaks, so it is not known what it does when it is full.",
  "all-served": "greets every client. It was not full, so it is not known what it does then.",
  "first-not-held":
    "did not keep the only client. Either somebody else uses it now, or it ends clients that say nothing.",
  "idle-limit": "ends clients that say nothing, so silent clients do not show what it does when it is full.",
  "greeted-differently":
    "says something else to a later client, and keeps it. Whether that client is served is not known.",
};

export function whatWasSeen({ places, whenFull, unknown }: ServerManner): string {
  if (whenFull !== null && places !== null)
    return `serves ${count(places, "client")} at one time. It ${WHEN_FULL[whenFull]}.`;
  return UNKNOWN[unknown ?? "silence"];
}

/** For a soak: also whether the machine was seen free again before the run. */
export function mannerSentences({ address, manner }: Pick<ProbeReport, "address" | "manner">): string {
  const { whenFull, freesAfterMs } = manner;
  const full = whenFull !== null && whenFull !== "ends-older" && freesAfterMs === null;
  const taken = full ? " Its place was not seen free again, so the first invocations may find it full." : "";
  return `${address} ${whatWasSeen(manner)}${taken}`;
}
