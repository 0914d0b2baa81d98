/** The payloads with which the platform answers for a function that did not (facts §4.3), and the words for how a process ended. */
export interface FailurePayload {
  readonly errorType: string;
  readonly errorMessage: string;
}

/** Signals in the words of AWS's agent (Go's names). */
const SIGNAL_WORDS: Readonly<Record<string, string>> = {
  SIGHUP: "hangup", SIGINT: "interrupt", SIGQUIT: "quit", SIGILL: "illegal instruction", SIGTRAP: "trace/breakpoint trap",
  SIGABRT: "aborted", SIGBUS: "bus error", SIGFPE: "floating point exception", SIGKILL: "killed", SIGUSR1: "user defined signal 1",
  SIGSEGV: "segmentation fault", SIGUSR2: "user defined signal 2", SIGPIPE: "broken pipe", SIGALRM: "alarm clock", SIGTERM: "terminated",
};

export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

export function processEndText(end: ProcessEnd): string {
  if (end.signal !== null) return `exited with error: signal: ${SIGNAL_WORDS[end.signal] ?? end.signal}`;
  return end.exitCode === 0 ? "exited without providing a reason" : `exited with error: exit status ${end.exitCode}`;
}

export function timedOutPayload(requestId: string, timeoutMs: number): FailurePayload {
  return {
    errorType: "Sandbox.Timedout",
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
  };
}

export function failurePayload(requestId: string, errorType: string, text: string): FailurePayload {
  return { errorType, errorMessage: `RequestId: ${requestId} Error: ${text}` };
}

export function responseTooLargePayload(limit: number): FailurePayload {
  return {
    errorType: "Function.ResponseSizeTooLarge",
    errorMessage: `Response payload size exceeded maximum allowed payload size (${limit} bytes).`,
  };
}

/** A type that the runtime gave is kept only where AWS keeps it (facts §1.1). */
export function validErrorType(given: string): string {
  if (/^(Runtime|Function)\.[A-Z][A-Za-z]+$/.test(given)) return given;
  return given.startsWith("Function.") ? "Function.Unknown" : "Runtime.Unknown";
}
