/** An execution environment of the result, with its invocations and connections (run-result.ts). */
import { z } from "zod";
import { CONNECTION_ENDED_BY, OPENED_IN } from "./connection-outcome.ts";
import { INVOCATION_OUTCOMES } from "./invocation.ts";
import { CONNECT_OUTCOMES } from "./lifecycle-words.ts";
import { ENDINGS } from "./plan.ts";
import { RESETS } from "./platform-words.ts";
import type { Recorded } from "./record/member.ts";
import {
  COUNT,
  INSTANT,
  INSTANT_OR_NULL,
  LENGTH_OR_NULL,
  TEXT,
  TEXT_OR_NULL,
} from "./record/result-members.ts";

const BOOT = z
  .object({
    bootId: TEXT_OR_NULL,
    from: INSTANT_OR_NULL,
    to: INSTANT_OR_NULL,
    reset: z.enum(RESETS).nullable().describe("How the process ended, if it ended early."),
  })
  .describe("One life of a process in the environment.");
export type BootResult = Recorded<typeof BOOT>;

const CONNECTION = z
  .object({
    from: INSTANT_OR_NULL,
    to: INSTANT_OR_NULL,
    openedIn: z
      .enum(OPENED_IN)
      .nullable()
      .describe(
        "after-init: code that began in the Init phase opened the connection after the end of this phase and before an invocation.",
      ),
    outcome: z
      .enum([...CONNECT_OUTCOMES, "denied"])
      .nullable()
      .describe("denied: the server refused the client for a reason other than its number of connections."),
    ending: z.enum(ENDINGS).nullable(),
    peer: TEXT.exactOptional().describe("The name of one of several peers."),
    protocol: TEXT.exactOptional().describe(
      "The protocol in which the server spoke, if the link recognised it. The members below are present only with it.",
    ),
    code: TEXT_OR_NULL.exactOptional().describe(
      "The server's code for the refusal, or for the end of the connection.",
    ),
    text: TEXT_OR_NULL.exactOptional().describe(
      "The server's text for the refusal, or for the end of the connection.",
    ),
    clientName: TEXT_OR_NULL.exactOptional().describe("The name that the client gave itself."),
    endedBy: z
      .enum(CONNECTION_ENDED_BY)
      .nullable()
      .exactOptional()
      .describe("Which side ended the connection. Null while it is open."),
    goodbye: z
      .boolean()
      .nullable()
      .exactOptional()
      .describe(
        "Whether the function ended the connection with the protocol's goodbye. Null if the protocol does not show it.",
      ),
  })
  .describe("One attempt to reach the peer, and how it ended.");
export type ConnectionResult = Recorded<typeof CONNECTION>;

const INVOCATION_TAKEN_OVER = z
  .object({
    by: TEXT.describe("The environment that took over the connection. If there were several, the last one."),
    waitedMs: LENGTH_OR_NULL.describe(
      "How long the invocation had no connection. Null if it got no other connection.",
    ),
  })
  .describe("Present if another environment took over the connection that the invocation needed.");
export type InvocationTakenOver = Recorded<typeof INVOCATION_TAKEN_OVER>;

export const INVOCATION = z
  .object({
    requestId: TEXT_OR_NULL,
    n: z
      .int()
      .nullable()
      .describe("The number of the invocation in the driver's schedule. Null if there was no driver."),
    environment: TEXT_OR_NULL.describe("Null if no log stream shows the invocation (throttled, lost)."),
    dueAt: INSTANT_OR_NULL,
    from: INSTANT_OR_NULL.describe(
      "The time of the platform's START, else the time at which the invocation was sent.",
    ),
    to: INSTANT_OR_NULL,
    latencyMs: LENGTH_OR_NULL,
    durationMs: LENGTH_OR_NULL,
    outcome: z.enum(INVOCATION_OUTCOMES),
    cause: TEXT_OR_NULL.describe(
      "The cause of the failure. Null if the invocation succeeded, or if nothing explains the failure.",
    ),
    harmed: z.boolean(),
    delayed: z.boolean(),
    peerClosedAt: INSTANT.exactOptional().describe(
      "The time at which the peer sent its FIN or reset the connection. Only for the cause peer-closed.",
    ),
    takenOver: INVOCATION_TAKEN_OVER.exactOptional(),
    answerLost: z
      .literal(true)
      .exactOptional()
      .describe(
        "True if the driver got no answer, and this is the only invocation in the logs that its call can have started. Absent if the driver got an answer.",
      ),
  })
  .meta({ id: "invocation" });
export type InvocationResult = Recorded<typeof INVOCATION>;

export const ENVIRONMENT = z
  .object({
    id: TEXT.describe("The name of the log stream."),
    logStream: TEXT,
    version: TEXT_OR_NULL,
    initializationType: TEXT_OR_NULL,
    initStart: INSTANT_OR_NULL,
    initEnd: INSTANT_OR_NULL.describe(
      "The latest possible end of the Init, if initDurationMs is null: the first START, or 10 s after the beginning. Null otherwise.",
    ),
    initDurationMs: LENGTH_OR_NULL,
    initStatus: z.enum(["success", "error", "timeout"]).nullable(),
    initWithoutInvoke: z
      .boolean()
      .nullable()
      .describe(
        "True if the Init succeeded and the evidence ends without a START. Null while log lines may still arrive.",
      ),
    initGapMs: LENGTH_OR_NULL.describe(
      "The time from the end of the Init to the first START. Null if one of the two is unknown, or if the Init failed.",
    ),
    initWaitedFor: z
      .boolean()
      .nullable()
      .describe(
        "True if the START came within 0.1 s: a caller waited for the Init. False if it came more than 1 s later, or if the concurrency is provisioned. Null if this is unknown.",
      ),
    invocations: COUNT,
    firstInvoke: INSTANT_OR_NULL,
    lastInvoke: INSTANT_OR_NULL,
    end: INSTANT_OR_NULL,
    ending: z.enum(["shutdown", "vanished"]).nullable(),
    boots: z.array(BOOT),
    connections: z.array(CONNECTION),
  })
  .meta({ id: "environment" });
export type EnvironmentResult = Recorded<typeof ENVIRONMENT>;
