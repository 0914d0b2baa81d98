/**
 * Notes a line that looks like one of the platform or of the function and could not be read. What it said is unknown, and so is the outcome
 * of the invocation that it names.
 */
import type { UnreadSubject } from "../../logs/unread-line.ts";
import type { ObservedEnvironment, ObservedInvocation } from "./environment.ts";

interface UnreadLine {
  readonly about: UnreadSubject | null;
  readonly eventId: string | null;
  readonly example: string | null;
}

export function noteUnreadLine(
  environment: ObservedEnvironment,
  { about, eventId, example }: UnreadLine,
  byRequest: ReadonlyMap<string, ObservedInvocation>,
): void {
  // If events have ids, most lost lines are noticed elsewhere. No other line shows how an Init ended.
  if (eventId === null || about === "init") environment.unknownLines += 1;
  environment.unread.lines += 1;
  environment.unread.example ??= example;
  if (about === null || about === "init") return;
  const invocation = byRequest.get(about.requestId);
  if (invocation !== undefined) invocation.doubt ??= "end-unreadable";
}
