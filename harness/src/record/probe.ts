/**
 * What a probe saw of a machine: how each of its silent connections went, and what that shows of the machine's places. `longrun probe` prints
 * it, and the manifest of a run has it for each peer that was probed before the run. Times are milliseconds since the probe began.
 */
import { z } from "zod";
import { member, record, type Recorded } from "./schema/member.ts";

const TEXT = z.string();
const MS = z.number();

const ANSWER = {
  bytes: member("kept", z.number()),
  digest: member("id", TEXT, { about: "the beginning of a SHA-256 of the bytes, which are not kept" }),
};
/** The first bytes that a server sent, so that two of its answers can be compared. */
export const FIRST_ANSWER = record(ANSWER);
export type FirstAnswer = Recorded<typeof FIRST_ANSWER>;

const GREETING = record({ atMs: member("kept", MS), ...ANSWER });
export type Greeting = Recorded<typeof GREETING>;

const PROBED_END = record({
  atMs: member("kept", MS),
  how: member("kept", z.enum(["refused", "fin", "reset", "error"])),
  code: member("systemCode", TEXT.nullable(), {
    about: "the system's error code, such as EHOSTUNREACH. Null for a FIN",
  }),
});
export type ProbedEnd = Recorded<typeof PROBED_END>;

const PROBED_CONNECTION = record({
  number: member("kept", z.number(), { about: "from 1, in the order in which they were opened" }),
  local: member("address", TEXT.nullable(), {
    about: "the address from which the probe connected, by which the machine's own log names it",
  }),
  askedMs: member("kept", MS),
  openedMs: member("kept", MS.nullable(), { about: "null if the machine did not take the connection" }),
  greeting: member("kept", GREETING.nullable(), {
    about: "the machine's first bytes. Null if it said nothing",
  }),
  end: member("kept", PROBED_END.nullable(), {
    about: "how the machine ended or refused the connection. Null if it did not",
  }),
  closedMs: member("kept", MS.nullable(), {
    about:
      "when the probe closed the connection. Null if the machine ended it, or if it was open until the end of the probe",
  }),
});
export type ProbedConnection = Recorded<typeof PROBED_CONNECTION>;

/**
 * What a machine does to the client that is one too many. A close with unread bytes sends RST, so FIN and RST are the same manner. A client
 * that `waits` may be connected (in the system's queue) or not (its request to connect has no answer).
 */
const WHEN_FULL = ["does-not-listen", "closes", "says-and-closes", "waits", "ends-older"] as const;
export type WhenFull = (typeof WHEN_FULL)[number];

const MANNER_UNKNOWN = [
  "silence",
  "all-served",
  "first-not-held",
  "idle-limit",
  "greeted-differently",
] as const;
export type MannerUnknown = (typeof MANNER_UNKNOWN)[number];

const SERVER_MANNER = record({
  places: member("kept", z.number().nullable(), {
    about: "how many clients the machine served when it was full. Null if this was not seen",
  }),
  whenFull: member("kept", z.enum(WHEN_FULL).nullable(), {
    about: "what it does to the client that is one too many",
  }),
  unknown: member("kept", z.enum(MANNER_UNKNOWN).nullable(), {
    about:
      "why the manner is unknown. `silence`: no client was greeted and none was turned away. `all-served`: each client was greeted like the first. `first-not-held`: the machine ended the first connection. `idle-limit`: it ends every client that says nothing after a time. `greeted-differently`: a later client got other first bytes and stayed connected",
  }),
  turnsAwayAfterMs: member("kept", MS.nullable(), {
    about:
      "from the connection (or the request to connect) to the end of the client that was one too many. Null if no client was turned away",
  }),
  freesAfterMs: member(
    "kept",
    record({ moreThan: member("kept", MS), atMost: member("kept", MS) }).nullable(),
    {
      about: "how long after the close of a served client its place was free. Null if this was not seen",
    },
  ),
});
export type ServerManner = Recorded<typeof SERVER_MANNER>;

/** A peer of a run. */
export const PROBED_PEER = record({
  name: member("peer", TEXT.nullable(), { about: "null if the function has only one peer" }),
  address: member("address", TEXT, { about: "HOST:PORT" }),
  time: member("time", TEXT, { about: "when the probe began" }),
  lengthMs: member("kept", MS),
  connections: member("kept", z.array(PROBED_CONNECTION), {
    about: "the probe's own connections, in the order in which they were opened",
  }),
  manner: member("kept", SERVER_MANNER),
});
export type ProbedPeer = Recorded<typeof PROBED_PEER>;
export type ProbeReport = Omit<ProbedPeer, "name">;
