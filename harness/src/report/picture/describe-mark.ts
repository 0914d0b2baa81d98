/** Describes a mark (one shape in the picture) for the tooltip and the screen reader. */
import type { ConnectionResult } from "../../result/environment-result.ts";
import { environmentName } from "../view/environment-names.ts";
import { formatClock, formatLength, formatOffset, instantOf } from "../view/format-time.ts";
import { findingText } from "../wording/finding-sentence.ts";
import { OUTCOME_WORD } from "../wording/fixed-words.ts";
import type { FunctionView } from "../view/view-model.ts";
import type { Detail } from "../view/run-details.ts";
import type { AttemptMark, HoldMark, InitMark, InvokeMark, Lane, Mark } from "./marks.ts";

export interface Description {
  readonly title: string;
  readonly tone: "plain" | "good" | "bad";
  readonly facts: readonly Detail[];
}

export interface DescribeContext {
  readonly lanes: readonly Lane[];
  readonly view: FunctionView;
  /** Epoch milliseconds of offset 0. */
  readonly start: number;
}

export function describeMark(mark: Mark, context: DescribeContext): Description {
  switch (mark.kind) {
    case "init":
      return describeInit(mark, context);
    case "invoke":
      return describeInvoke(mark, context);
    case "hold":
      return describeHold(mark, context);
    case "attempt":
      return describeAttempt(mark, context);
    case "reset":
      return {
        title: `Process lost: ${RESET_WORD[mark.reason]}`,
        tone: "bad",
        facts: [where(mark.lane, context), at(mark.from, context)],
      };
    case "end":
      return {
        title: ENDING_WORD[mark.ending ?? "unknown"],
        tone: "plain",
        facts: [where(mark.lane, context), at(mark.from, context)],
      };
    case "frozen":
      return { title: "Frozen", tone: "plain", facts: [where(mark.lane, context), ...period(mark, context)] };
    case "window": {
      const window = context.view.windows[mark.index];
      return {
        title: `${window?.title ?? "Harm"}: ${window?.invocations ?? ""} could not reach the peer`,
        tone: "bad",
        facts: [{ label: "What", value: window?.text ?? "" }, ...period(mark, context)],
      };
    }
    case "suspect":
      return {
        title: "Suspect: may have held the peer",
        tone: "plain",
        facts: [
          where(mark.lane, context),
          { label: "What", value: findingText(mark.finding, context.view.naming) },
          ...period(mark, context),
        ],
      };
    case "exposure":
      return {
        title: "Exposure",
        tone: "plain",
        facts: [
          ...named("Invoked", mark.finding.environment, context),
          ...named("Held by", mark.finding.holder, context),
          { label: "What", value: findingText(mark.finding, context.view.naming) },
          at(mark.from, context),
        ],
      };
  }
}

const RESET_WORD = {
  timeout: "function time-out",
  crash: "crash",
  "out-of-memory": "out of memory",
} as const;
const ENDING_WORD = {
  shutdown: "Shutdown phase: end of the environment",
  vanished: "The environment vanished without a Shutdown phase",
  unknown: "End of the environment",
} as const;
const PHASE_WORD = {
  init: "Init phase",
  "after-init": "after the Init phase, before an invocation",
  invoke: "Invoke phase",
  shutdown: "Shutdown phase",
} as const;
const ATTEMPT_WORD: Readonly<Record<NonNullable<ConnectionResult["outcome"]>, string>> = {
  accepted: "Connection accepted",
  refused: "Refused: the peer was busy",
  "timed-out": "No answer: the peer was busy",
  reset: "Connection reset",
  evicted: "Connection evicted",
  failed: "Could not connect: the peer was down",
  denied: "Denied: the server refused this client",
};
const INVOKE_TONE = { succeeded: "good", failed: "bad", unknown: "plain" } as const;
const LOSS_WORD = { fin: "closed", rst: "reset", silence: "ended without FIN or RST" } as const;

function describeInit(mark: InitMark, context: DescribeContext): Description {
  const { initStatus, initWithoutInvoke, initializationType } = mark.environment;
  const silent = initWithoutInvoke === true;
  const failed = initStatus === "error" || initStatus === "timeout";
  return {
    title: silent ? "Init phase: INIT WITHOUT INVOKE" : failed ? `Init phase: ${initStatus}` : "Init phase",
    tone: silent || failed ? "bad" : "plain",
    facts: [
      where(mark.lane, context),
      ...period(mark, context),
      ...(initializationType === null ? [] : [{ label: "Type", value: initializationType }]),
      ...(silent ? [{ label: "Then", value: "never invoked" }] : []),
    ],
  };
}

function describeInvoke(mark: InvokeMark, context: DescribeContext): Description {
  const { n, outcome, cause, harmed, delayed, latencyMs, requestId, answerLost, peerClosedAt, takenOver } =
    mark.invocation;
  const closedAt = instantOf(peerClosedAt ?? null);
  const facts: (Detail | null)[] = [
    mark.lane === null ? null : where(mark.lane, context),
    ...period(mark, context),
    latencyMs === null ? null : { label: "Latency", value: formatLength(latencyMs) },
    cause === null ? null : { label: "Cause", value: cause },
    closedAt === null ? null : { ...at(closedAt - context.start, context), label: "Peer closed" },
    outcome === "succeeded" || cause !== null
      ? null
      : { label: "Cause", value: "nothing in the evidence explains it" },
    delayed ? { label: "Delay", value: "refused first, then served" } : null,
    takenOver === undefined
      ? null
      : {
          label: "Connection",
          value: `taken over by ${environmentName(context.view.names, takenOver.by).label}; the invocation ${takenOver.waitedMs === null ? "got no other connection" : `was without a connection for ${formatLength(takenOver.waitedMs)}`}`,
        },
    requestId === null ? null : { label: "Request", value: requestId },
  ];
  return {
    title: `Invocation${n === null ? "" : ` ${n}`}: ${OUTCOME_WORD[outcome]}${harmed ? " (harm)" : ""}${answerLost === true ? " (answer lost; outcome from the log)" : ""}`,
    tone: INVOKE_TONE[mark.shown],
    facts: facts.filter((fact) => fact !== null),
  };
}

function describeHold(mark: HoldMark, context: DescribeContext): Description {
  const { openedIn, ending, outcome } = mark.connection;
  const how = outcome === "evicted" ? "evicted by the peer" : ending === null ? null : LOSS_WORD[ending];
  return {
    title: "Connection held",
    tone: "plain",
    facts: [
      where(mark.lane, context),
      ...(openedIn === null ? [] : [{ label: "Opened in", value: PHASE_WORD[openedIn] }]),
      ...period(mark, context),
      ...(how === null ? [] : [{ label: "Ending", value: how }]),
    ],
  };
}

function describeAttempt(mark: AttemptMark, context: DescribeContext): Description {
  const { outcome, openedIn } = mark.connection;
  return {
    title: outcome === null ? "Attempt to connect, outcome unknown" : ATTEMPT_WORD[outcome],
    tone: "bad",
    facts: [
      where(mark.lane, context),
      ...(openedIn === null ? [] : [{ label: "Tried in", value: PHASE_WORD[openedIn] }]),
      at(mark.from, context),
    ],
  };
}

function named(label: string, id: string | null, { view }: DescribeContext): readonly Detail[] {
  return id === null ? [] : [{ label, value: environmentName(view.names, id).label }];
}

function laneName(lane: number, { lanes }: DescribeContext): string {
  return lanes.find(({ index }) => index === lane)?.name.label ?? "unknown";
}

function where(lane: number, context: DescribeContext): Detail {
  return { label: "Environment", value: laneName(lane, context) };
}

function at(instant: number, { start }: DescribeContext): Detail {
  return { label: "At", value: `${formatOffset(instant, 3)} (${formatClock(start + instant)})` };
}

function period(
  mark: { readonly from: number; readonly to: number; readonly endKnown?: boolean },
  context: DescribeContext,
): readonly Detail[] {
  const from = { ...at(mark.from, context), label: "From" };
  if (mark.endKnown === false) return [from, { label: "To", value: "unknown" }];
  const to = { ...at(mark.to, context), label: "To" };
  return [from, to, { label: "Length", value: formatLength(mark.to - mark.from) }];
}
