/**
 * One invocation as the result shows it: what the driver, the stream and the judgement say about it together. `foreign`: the
 * stream shows it and our driver did not send it.
 */
import { InvariantError } from "../domain/invariant.ts";
import type { InvocationOutcomeName } from "../domain/invocation.ts";
import { madeList, type Listed } from "../domain/listed.ts";
import type { DriverInvocation } from "./driver-timeline.ts";
import type { Invocation } from "./environment.ts";
import type { Judgement } from "./judge-invocation.ts";
import { judgeInvocation } from "./judge-invocation.ts";
import { PackedInvocations } from "./packed-invocations.ts";
import type { Story } from "./story.ts";

export interface JudgedInvocation {
  readonly invocation: Invocation | null;
  readonly driver: DriverInvocation | null;
  readonly outcome: InvocationOutcomeName;
  /** Null: no stream shows it. */
  readonly judgement: Judgement | null;
  readonly from: number | null;
  readonly to: number | null;
}

export function judgeInvocations(story: Story): Listed<JudgedInvocation> {
  const { invocations } = story;
  return story.driver === null && !Array.isArray(invocations)
    ? judgedWhenAsked(story, invocations)
    : judgedNow(story);
}

/** What is packed is judged again whenever it is asked for, and always alike. Without a driver, their order is that of the invocations. */
function judgedWhenAsked(story: Story, invocations: Listed<Invocation>): Listed<JudgedInvocation> {
  const held = new Map<Invocation, JudgedInvocation>();
  return madeList(invocations.length, (index) => {
    const invocation = invocations.at(index);
    if (invocation === undefined) throw new InvariantError("there is no such invocation");
    if (invocation.environment.invocations instanceof PackedInvocations)
      return judgedByPlatform(story, invocation);
    const known = held.get(invocation) ?? judgedByPlatform(story, invocation);
    held.set(invocation, known);
    return known;
  });
}

function judgedNow(story: Story): JudgedInvocation[] {
  const byRequest = new Map<string, Invocation>();
  for (const invocation of story.invocations)
    if (!byRequest.has(invocation.requestId)) byRequest.set(invocation.requestId, invocation);
  const judged: JudgedInvocation[] = [];
  const taken = new Set<Invocation>();
  for (const driver of story.driver?.invocations ?? []) {
    if (driver.skipped && driver.sentAt === null) continue;
    const invocation = driver.requestId === null ? null : (byRequest.get(driver.requestId) ?? null);
    if (invocation !== null) taken.add(invocation);
    judged.push({
      invocation,
      driver,
      outcome: driver.outcome?.outcome ?? "unknown",
      judgement: invocation === null ? null : judgeInvocation(story, invocation),
      from: invocation?.start ?? driver.sentAt,
      to: invocation?.end ?? driver.endedAt,
    });
  }
  for (const invocation of story.invocations) {
    if (!taken.has(invocation)) judged.push(judgedByPlatform(story, invocation));
  }
  return judged.sort((a, b) => {
    const apart = (a.from ?? 0) - (b.from ?? 0);
    return apart === 0 ? (a.driver?.n ?? 0) - (b.driver?.n ?? 0) : apart;
  });
}

function judgedByPlatform(story: Story, invocation: Invocation): JudgedInvocation {
  return {
    invocation,
    driver: null,
    outcome: platformOutcome(invocation),
    judgement: judgeInvocation(story, invocation),
    from: invocation.start ?? invocation.end,
    to: invocation.end,
  };
}

/** Without a driver: a handler that threw has platform status `success`, the runtime's error line tells. */
function platformOutcome(invocation: Invocation): InvocationOutcomeName {
  if (invocation.handlerError !== null) return "function-error";
  if (invocation.status === "timeout" || invocation.status === "error" || invocation.status === "failure")
    return "function-error";
  return invocation.end === null || invocation.endedBy === "next-start" ? "unknown" : "succeeded";
}
