/** Notes a line that looks like a platform or lifecycle line but could not be read. */
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
  // An event with an id was read from CloudWatch, so the other lines are there too. Sequence numbers of lifecycle lines, or the other lines
  // about the invocation, then show that this line is missing. But no other line shows how an Init ended.
  if (eventId === null || about === "init") environment.unknownLines += 1;
  const before = environment.unread;
  environment.unread = { lines: before.lines + 1, example: before.example ?? example };
  if (about === null || about === "init") return;
  const invocation = byRequest.get(about.requestId);
  if (invocation !== undefined) invocation.doubt ??= "end-unreadable";
}
