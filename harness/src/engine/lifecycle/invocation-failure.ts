/** Why an invocation or an Init failed, and the payload with which the platform answers (docs/aws/invoke-api.md#function-errors). */
import type { PhaseStatus } from "../../words/platform-words.ts";
import type { ProcessEnd, ProcessRole } from "../process/process-end.ts";

export interface InvocationFailure {
  readonly status: Exclude<PhaseStatus, "success">;
  readonly errorType: string | null;
  /** What the caller receives if the runtime did not answer. An Init error that the runtime reported is returned unchanged. */
  readonly payload: FailurePayload | Buffer;
}

interface FailurePayload {
  readonly errorType: string;
  readonly errorMessage: string;
}

/** The names of signals that AWS's agent prints (Go's names). The agent is AWS's program that starts the runtime in an environment. */
const SIGNAL_WORDS: Readonly<Record<string, string>> = {
  SIGHUP: "hangup",
  SIGINT: "interrupt",
  SIGQUIT: "quit",
  SIGILL: "illegal instruction",
  SIGTRAP: "trace/breakpoint trap",
  SIGABRT: "aborted",
  SIGBUS: "bus error",
  SIGFPE: "floating point exception",
  SIGKILL: "killed",
  SIGUSR1: "user defined signal 1",
  SIGSEGV: "segmentation fault",
  SIGUSR2: "user defined signal 2",
  SIGPIPE: "broken pipe",
  SIGALRM: "alarm clock",
  SIGTERM: "terminated",
};

function processEndText(end: ProcessEnd): string {
  if (end.signal !== null) return `exited with error: signal: ${SIGNAL_WORDS[end.signal] ?? end.signal}`;
  return end.exitCode === 0
    ? "exited without providing a reason"
    : `exited with error: exit status ${end.exitCode}`;
}

export function timeoutFailure(requestId: string, timeoutMs: number): InvocationFailure {
  const text = `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`;
  return { status: "timeout", errorType: null, payload: failurePayload(requestId, "Sandbox.Timedout", text) };
}

export function processFailure(role: ProcessRole, end: ProcessEnd, requestId: string): InvocationFailure {
  const runtime = role.role === "runtime";
  const errorType = runtime ? "Runtime.ExitError" : "Extension.Crash";
  const text = `${runtime ? "Runtime" : `extension ${role.name}`} ${processEndText(end)}`;
  return { status: "error", errorType, payload: failurePayload(requestId, errorType, text) };
}

/** Returns the failure of a boot in which the package's own program cannot be started. */
export function entryFailure(text: string, requestId: string): InvocationFailure {
  const errorType = "Runtime.InvalidEntrypoint";
  return { status: "error", errorType, payload: failurePayload(requestId, errorType, text) };
}

export function extensionFailure(name: string, errorType: string, requestId: string): InvocationFailure {
  return {
    status: "error",
    errorType,
    payload: failurePayload(requestId, errorType, `extension ${name} reported an error`),
  };
}

function failurePayload(requestId: string, errorType: string, text: string): FailurePayload {
  return { errorType, errorMessage: `RequestId: ${requestId} Error: ${text}` };
}
