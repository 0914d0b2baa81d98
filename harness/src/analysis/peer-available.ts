/** Whether the peer was down, or a stranger held it, at some time during an invocation. */
import type { Invocation } from "./environment.ts";
import type { Story } from "./story.ts";
import { whoIs } from "./who-is.ts";

export function peerUnavailable(story: Story, invocation: Invocation): boolean {
  return peerWasDown(story, invocation) || heldByStranger(story, invocation);
}

/** An attempt found nobody listening, or the peer was (re)started around this time. */
export function peerWasDown(story: Story, invocation: Invocation): boolean {
  if (invocation.attempts.some((attempt) => attempt.outcome === "failed")) return true;
  if (story.peer === null || invocation.start === null) return false;
  const { start } = invocation;
  const end = invocation.end ?? start;
  return story.peer.down.some(
    (span) => span.to >= start && span.from <= end && !servedWithin(invocation, span),
  );
}

/** What was served within the span shows that the peer was up for it. */
function servedWithin(invocation: Invocation, span: { readonly from: number; readonly to: number }): boolean {
  const { start, end } = invocation;
  return (
    start !== null &&
    end !== null &&
    end < span.to &&
    start >= span.from &&
    invocation.attempts.some((attempt) => attempt.outcome === "accepted")
  );
}

/** A `ready` line inside the invocation: the peer died and came back while it ran. */
export function peerRestartedDuring(story: Story, invocation: Invocation): boolean {
  const { start, end } = invocation;
  if (story.peer === null || start === null || end === null) return false;
  return story.peer.readyAt.some((ready) => ready >= start && ready <= end);
}

function heldByStranger(story: Story, invocation: Invocation): boolean {
  const { peer } = story;
  if (peer === null || invocation.start === null) return false;
  const start = invocation.start;
  const end = invocation.end ?? start;
  return story.strangerHolds.some(
    (connection) => (connection.acceptedAt ?? 0) <= end && (connection.endedAt ?? Infinity) >= start,
  );
}

/** Connections of strangers, for the look above; usually none. */
export function strangerHolds(story: Omit<Story, "strangerHolds">): Story["strangerHolds"] {
  if (story.peer === null) return [];
  const full: Story = { ...story, strangerHolds: [] };
  return story.peer.accepted.filter((connection) => whoIs(full, connection).who === "stranger");
}
