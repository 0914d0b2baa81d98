/** Checks, before the search, that the package works. If it did not work, every schedule would fail for the same reason. */
import { randomUUID } from "node:crypto";
import type { Admission } from "../words/admission.ts";
import { wrongInput, type LongrunError } from "../base/errors.ts";
import type { InvocationOutcome } from "../record/invocation.ts";
import type { LogRecord } from "../record/log-record.ts";
import type { FunctionSnapshot } from "../engine/function-snapshot.ts";
import type { Clock } from "../run/ports/clock.ts";
import { protocolTitle } from "../catalogue/protocols/all-protocols.ts";
import { findRuntime } from "../catalogue/runtimes/all-runtimes.ts";
import { errorPlace } from "../catalogue/runtimes/error-place.ts";
import { logExcerpt } from "../catalogue/runtimes/log-excerpt.ts";
import { reasonOf, unloadableError } from "../catalogue/runtimes/unloadable.ts";
import { outcomeOfAnswer } from "./outcome-of-answer.ts";
import type { Stage } from "./stage.ts";
import { startStagePeers } from "./stage-peers.ts";

export interface CheckOptions {
  readonly label: string;
  readonly admission: Admission;
  readonly capacity: number;
  readonly capacities?: Readonly<Record<string, number>>;
  readonly clock: Clock;
  readonly payload: Buffer;
}

/** Throws `usage` if the Init phase fails although the peer is free, or if the handler never connects or speaks another protocol. */
export async function checkHandler(stage: Stage, options: CheckOptions): Promise<void> {
  const { label, payload } = options;
  const peers = await startStagePeers({ ...options, names: stage.peerNames, log: () => undefined });
  const snapshot = stage.makeSnapshot(...peers.addresses);
  const { functionName } = snapshot;
  const linkFrom = stage.fleet.linkRecords(Number.MAX_SAFE_INTEGER).next;
  let outcome: InvocationOutcome;
  try {
    stage.fleet.put(snapshot);
    const { succeeded } = await stage.fleet.initialiseAhead(functionName);
    const initLines = stage.records(functionName);
    const answer = await stage.fleet.invoke(functionName, "$LATEST", {
      requestId: randomUUID(),
      payload,
      invokedFunctionArn: snapshot.functionArn,
      traceId: NO_TRACE,
      clientContext: null,
    });
    outcome = outcomeOfAnswer(answer);
    if (!succeeded) throw initError(label, snapshot, outcome, initLines);
    // If a client closed the connection immediately, the peer may not have accepted it. The link has a record of it in any case.
    const { records } = stage.fleet.linkRecords(linkFrom);
    if (!records.some((record) => record.functionName === functionName))
      throw neverConnectsError(label, snapshot, outcome, stage.records(functionName));
  } finally {
    await peers.close();
    await stage.fleet.remove(functionName);
    stage.forget(functionName);
  }
  if (outcome.outcome === "succeeded") return;
  // The environment is gone, so the link has the records about the ends of its connections. These records contain the protocol.
  const { records } = stage.fleet.linkRecords(linkFrom);
  const spoken = records.flatMap(({ functionName: name, protocol = null }) =>
    name === functionName && protocol !== null ? (protocolTitle(protocol) ?? []) : [],
  );
  if (spoken[0] !== undefined) throw foreignClientError(label, snapshot, spoken[0], outcome);
}

const PATH = /\/\S*/g;
/** The folder in which an environment has its runtime client. */
const RUNTIME_FOLDER = /^\/\S+?\/environments\/[^/\s]+\/runtime\//;

/**
 * `outcome` is the outcome of an invocation after the failed Init. The Init is repeated in that invocation and fails in the same way, so this
 * outcome has the error.
 */
function initError(
  label: string,
  { handler, runtime, codeFolder }: FunctionSnapshot,
  outcome: InvocationOutcome,
  records: readonly LogRecord[],
): LongrunError {
  const named =
    outcome.outcome === "function-error" && outcome.errorMessage !== null
      ? { ...outcome, errorMessage: asOnLambda(outcome.errorMessage, codeFolder) }
      : outcome;
  const reason = named.outcome === "function-error" ? `: ${reasonOf(named)}` : ".";
  const lines = asOnLambda(linesOf(records, outcome, reason), codeFolder);
  const unloadable = unloadableError(named, { label, handler, runtime }, lines);
  if (unloadable !== null) return unloadable;
  return wrongInput(
    `${label}: the Init phase of ${handler} fails although the peer is free${reason}${lines}`,
    {
      hint: `If the handler needs a variable, give the variable with --env${hasOwnProgram(runtime) ? "" : "; --handler names another export"}.`,
    },
  );
}

function asOnLambda(text: string, codeFolder: string): string {
  return text
    .replaceAll(codeFolder, "/var/task")
    .replaceAll(PATH, (path) => path.replace(RUNTIME_FOLDER, "/var/runtime/"));
}

/** If a package contains its own program, the program, and not `--handler`, selects the handler. */
function hasOwnProgram(runtime: string): boolean {
  return (findRuntime(runtime)?.local.package.program ?? null) !== null;
}

/** A search with a handler that never connects would never find harm. */
function neverConnectsError(
  label: string,
  { handler, codeFolder }: FunctionSnapshot,
  outcome: InvocationOutcome,
  records: readonly LogRecord[],
): LongrunError {
  const where =
    "Say with --link where the handler finds the peer's address (HOSTVAR:PORTVAR, VARIABLE or host), or give with --event an event that makes the handler connect.";
  if (outcome.outcome !== "function-error")
    return wrongInput(
      `The handler ${handler} does not connect to the peer: neither its Init phase nor an invocation did.${linesOf(records, outcome)}`,
      { hint: where },
    );
  const reason = reasonOf(outcome);
  const text = `${label}: the handler ${handler} fails before it connects to the peer: ${reason}${linesOf(records, outcome, reason)}`;
  return wrongInput(asOnLambda(text, codeFolder), {
    hint: `If the handler needs a variable, give the variable with --env. ${where}`,
  });
}

function foreignClientError(
  label: string,
  { handler }: FunctionSnapshot,
  title: string,
  outcome: InvocationOutcome,
): LongrunError {
  const reason = outcome.outcome === "function-error" ? `: ${reasonOf(outcome)}` : ".";
  return wrongInput(
    `${label}: ${handler} speaks ${title}, and the peer of a search is longrun's own, which does not${reason}`,
    { hint: "longrun soak uses your own server: give it with --peer, or in the variable that --link names." },
  );
}

const NO_TRACE = `Root=1-00000000-${"0".repeat(24)}`;

/** Prefers the lines that show where the error was thrown. Leaves out `said`, which the message already contains. */
function linesOf(records: readonly LogRecord[], outcome: InvocationOutcome, said = ""): string {
  const messages = records.map(({ message }) => message);
  const place = outcome.outcome === "function-error" ? errorPlace(messages, outcome) : [];
  const lines = place.length > 0 ? place : logExcerpt(messages, said);
  return lines.map((line) => `\n  ${line}`).join("");
}
