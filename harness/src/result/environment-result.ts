/** An execution environment of the result, with its invocations and connections (run-result.ts). */
import { z } from "zod";
import { CONNECTION_ENDED_BY, OPENED_IN } from "../words/connection-outcome.ts";
import { INVOCATION_OUTCOMES } from "../record/invocation.ts";
import { CONNECT_OUTCOMES } from "../words/lifecycle-words.ts";
import { ENDINGS } from "../record/plan.ts";
import { RESETS } from "../words/platform-words.ts";
import { member, record, type Recorded } from "../record/schema/member.ts";
import {
  COUNT,
  INSTANT,
  INSTANT_OR_NULL,
  LENGTH_OR_NULL,
  TEXT,
  TEXT_OR_NULL,
} from "../record/schema/result-members.ts";

const BOOT = record(
  {
    bootId: member("id", TEXT_OR_NULL),
    from: member("time", INSTANT_OR_NULL),
    to: member("time", INSTANT_OR_NULL),
    reset: member("kept", z.enum(RESETS).nullable(), { about: "How the process ended, if it ended early." }),
  },
  { description: "One life of a process in the environment." },
);
export type BootResult = Recorded<typeof BOOT>;

const CONNECTION = record(
  {
    from: member("time", INSTANT_OR_NULL),
    to: member("time", INSTANT_OR_NULL),
    openedIn: member("kept", z.enum(OPENED_IN).nullable(), {
      about:
        "after-init: code that began in the Init phase opened the connection after the end of this phase and before an invocation.",
    }),
    outcome: member("kept", z.enum([...CONNECT_OUTCOMES, "denied"]).nullable(), {
      about: "denied: the server refused the client for a reason other than its number of connections.",
    }),
    ending: member("kept", z.enum(ENDINGS).nullable()),
    peer: member("peer", TEXT.exactOptional(), { about: "The name of one of several peers." }),
    protocol: member("protocol", TEXT.exactOptional(), {
      about:
        "The protocol in which the server spoke, if the link recognised it. The members below are present only with it.",
    }),
    code: member("serverCode", TEXT_OR_NULL.exactOptional(), {
      about: "The server's code for the refusal, or for the end of the connection.",
    }),
    text: member("text", TEXT_OR_NULL.exactOptional(), {
      about: "The server's text for the refusal, or for the end of the connection.",
    }),
    clientName: member("client", TEXT_OR_NULL.exactOptional(), {
      about: "The name that the client gave itself.",
    }),
    endedBy: member("kept", z.enum(CONNECTION_ENDED_BY).nullable().exactOptional(), {
      about: "Which side ended the connection. Null while it is open.",
    }),
    goodbye: member("kept", z.boolean().nullable().exactOptional(), {
      about:
        "Whether the function ended the connection with the protocol's goodbye. Null if the protocol does not show it.",
    }),
  },
  { description: "One attempt to reach the peer, and how it ended." },
);
export type ConnectionResult = Recorded<typeof CONNECTION>;

const INVOCATION_TAKEN_OVER = record(
  {
    by: member("stream", TEXT, {
      about: "The environment that took over the connection. If there were several, the last one.",
    }),
    waitedMs: member("kept", LENGTH_OR_NULL, {
      about: "How long the invocation had no connection. Null if it got no other connection.",
    }),
  },
  { description: "Present if another environment took over the connection that the invocation needed." },
);

export const INVOCATION = record(
  {
    requestId: member("id", TEXT_OR_NULL),
    n: member("kept", z.int().nullable(), {
      about: "The number of the invocation in the driver's schedule. Null if there was no driver.",
    }),
    environment: member("stream", TEXT_OR_NULL, {
      about: "Null if no log stream shows the invocation (throttled, lost).",
    }),
    dueAt: member("time", INSTANT_OR_NULL),
    from: member("time", INSTANT_OR_NULL, {
      about: "The time of the platform's START, else the time at which the invocation was sent.",
    }),
    to: member("time", INSTANT_OR_NULL),
    latencyMs: member("kept", LENGTH_OR_NULL),
    durationMs: member("kept", LENGTH_OR_NULL),
    outcome: member("kept", z.enum(INVOCATION_OUTCOMES)),
    cause: member("kept", TEXT_OR_NULL, {
      about:
        "The cause of the failure. Null if the invocation succeeded, or if nothing explains the failure.",
    }),
    harmed: member("kept", z.boolean()),
    delayed: member("kept", z.boolean()),
    peerClosedAt: member("time", INSTANT.exactOptional(), {
      about:
        "The time at which the peer sent its FIN or reset the connection. Only for the cause peer-closed.",
    }),
    takenOver: member("kept", INVOCATION_TAKEN_OVER.exactOptional()),
    answerLost: member("kept", z.literal(true).exactOptional(), {
      about:
        "True if the driver got no answer, and this is the only invocation in the logs that its call can have started. Absent if the driver got an answer.",
    }),
  },
  { id: "invocation" },
);
export type InvocationResult = Recorded<typeof INVOCATION>;

export const ENVIRONMENT = record(
  {
    id: member("stream", TEXT, { about: "The name of the log stream." }),
    logStream: member("stream", TEXT),
    version: member("qualifier", TEXT_OR_NULL),
    tenantId: member("tenant", TEXT.exactOptional(), {
      about:
        "The tenant that the environment serves. Absent if the function isolates no tenants, or if nothing names the tenant.",
    }),
    initializationType: member("kept", TEXT_OR_NULL),
    initStart: member("time", INSTANT_OR_NULL),
    initEnd: member("time", INSTANT_OR_NULL, {
      about:
        "The latest possible end of the Init, if initDurationMs is null: the first START, or 10 s after the beginning. Null otherwise.",
    }),
    initDurationMs: member("kept", LENGTH_OR_NULL),
    initStatus: member("kept", z.enum(["success", "error", "timeout"]).nullable()),
    initWithoutInvoke: member("kept", z.boolean().nullable(), {
      about:
        "True if the Init succeeded and the evidence ends without a START. Null while log lines may still arrive.",
    }),
    initGapMs: member("kept", LENGTH_OR_NULL, {
      about:
        "The time from the end of the Init to the first START. Null if one of the two is unknown, or if the Init failed.",
    }),
    initWaitedFor: member("kept", z.boolean().nullable(), {
      about:
        "True if the START came within 0.1 s: a caller waited for the Init. False if it came more than 1 s later, or if the concurrency is provisioned. Null if this is unknown.",
    }),
    invocations: member("kept", COUNT),
    firstInvoke: member("time", INSTANT_OR_NULL),
    lastInvoke: member("time", INSTANT_OR_NULL),
    end: member("time", INSTANT_OR_NULL),
    ending: member("kept", z.enum(["shutdown", "vanished"]).nullable()),
    boots: member("kept", z.array(BOOT)),
    connections: member("kept", z.array(CONNECTION)),
  },
  { id: "environment" },
);
export type EnvironmentResult = Recorded<typeof ENVIRONMENT>;
