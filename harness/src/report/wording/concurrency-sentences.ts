import type { ConcurrencyFindings, RefusedBelowCapacity } from "../../result/findings/accounting-findings.ts";
import { count } from "./fixed-words.ts";
import { codeAndText, serverName } from "./server-name.ts";
import type { Wording } from "./wording.ts";

const ROLE_LIMIT = { protocol: "postgres", code: "53300", text: 'too many connections for role "fn"' };

export const CONCURRENCY_SENTENCES: Wording<ConcurrencyFindings> = {
  "nothing-reserved": "No concurrency is reserved for the function, so there is nothing to exceed.",
  "never-overlapped": "Invocations never overlapped.",
  "overlapped-reserved-unknown": [
    ({ invocations }) =>
      `${invocations} invocations ran at one time, and the reserved concurrency is not known (--reserved-concurrency).`,
    { invocations: 2 },
  ],
  "reserved-kept": [
    ({ reserved }) => `Never more than ${count(reserved, "invocation")} ran at one time.`,
    { reserved: 1 },
    { reserved: 2 },
  ],
  "capacity-refuted": [
    ({ open, places }) =>
      `${count(open, "connection was", "connections were")} open at the peer at one time, so it has more than ${count(places, "place")} (--capacity).`,
    { open: 3, places: 1 },
    { open: 12, places: 10 },
  ],
  "refused-below-capacity": [
    (below) => refusedBelow(below),
    { invocations: 50, open: 1, places: 3, given: false, refusal: ROLE_LIMIT },
    { invocations: 1, open: 4, places: 5, given: true },
    { invocations: 2, open: null, places: 2, given: true },
  ],
  "capacity-kept": [
    ({ places }) =>
      places === null
        ? "It is not known how many connections the peer serves at one time, so their number was not checked."
        : `Never more than ${count(places, "connection")} were open at the peer at one time.`,
    { places: 2 },
    { places: null },
  ],
  "reserved-exceeded": [
    ({ invocations, reserved }) =>
      `${count(invocations, "invocation")} ran at one time although reserved concurrency is ${reserved}.`,
    { invocations: 2, reserved: 1 },
  ],
};

function refusedBelow({ invocations, open, places, given, refusal }: RefusedBelowCapacity): string {
  const who = refusal === undefined ? "The peer" : serverName(refusal.protocol);
  const said = refusal === undefined ? "" : ` (${codeAndText(refusal)})`;
  const peak =
    open === null
      ? ""
      : ` although at most ${count(open, "connection was", "connections were")} open at one time`;
  const assumed = given
    ? `--capacity says ${count(places, "place")}`
    : `${count(places, "place is", "places are")} assumed, as many as the reserved concurrency`;
  return `${who} refused ${count(invocations, "invocation")}${said}${peak}, and ${assumed}. The limit is lower, or other clients have the remaining places. Give with --capacity how many places the function has.`;
}
