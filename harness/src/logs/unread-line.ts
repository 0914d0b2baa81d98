/** Finds out from the beginning of an unreadable platform line what the line is about. */

/** `init`: the end of an Init or a restore. `requestId`: the end of this invocation. */
export type UnreadSubject = "init" | { readonly requestId: string };

const OF_INIT = /^(?:INIT|RESTORE)_REPORT\b|^\s*\{[^{]*"type"\s*:\s*"platform\.(?:init|restore)/;
const OF_INVOCATION =
  /^(?:REPORT RequestId: |\s*\{[^{]*"type"\s*:\s*"platform\.(?:report|runtimeDone|invokeSummary)"\s*,\s*"record"\s*:\s*\{[^{}]*"requestId"\s*:\s*")([0-9A-Za-z-]{8,64})/;

export function subjectOfUnread(message: string): UnreadSubject | null {
  if (OF_INIT.test(message)) return "init";
  const requestId = OF_INVOCATION.exec(message)?.[1];
  return requestId === undefined ? null : { requestId };
}
