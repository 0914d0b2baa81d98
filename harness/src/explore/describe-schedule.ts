/** Describes a schedule in sentences: what each step does, and the result if the step was played. Pure. */
import type { InvocationOutcome } from "../record/invocation.ts";
import type { Ending } from "../record/plan.ts";
import type { PlayedStep } from "./play-step.ts";
import { EMPTY_MODEL, placedIn, play, type ModelState } from "./schedule-model.ts";
import type { ScheduleStep, Target } from "./schedule.ts";

const ENDING_WORDS: Readonly<Record<Ending, string>> = {
  fin: "its connections closed properly (FIN)",
  rst: "its connections reset (RST)",
  silence: "in silence (neither FIN nor RST)",
};

/** New environments are numbered in the order of the steps that create them. */
export function describeSteps(steps: readonly ScheduleStep[]): readonly string[] {
  let before = EMPTY_MODEL;
  return steps.map((step) => {
    const move = play(before, step);
    const after = move.legal ? move.state : before;
    const said = sentence(step, after.length, before);
    before = after;
    return said;
  });
}

export function describePlayed(played: readonly PlayedStep[]): readonly string[] {
  const sentences = describeSteps(played.map(({ step }) => step));
  return played.map((step, index) => `${sentences[index] ?? ""}${resultText(step)}`);
}

function sentence(step: ScheduleStep, made: number, before: ModelState): string {
  switch (step.step) {
    case "initialise-ahead":
      return `The platform initialises environment ${made} while no invocation waits for it.`;
    case "invoke":
      return `The function is invoked in ${target(step.environment, made)}.`;
    case "invoke-and-end":
      return `The function is invoked in ${target(step.environment, made)}, which ends before the peer replies, ${ENDING_WORDS[step.ending]}.`;
    case "time-out":
      return `The function is invoked in ${target(step.environment, made)}, and the peer's reply does not come before the function's time-out.`;
    case "retire":
      return `The platform retires environment ${step.environment}, ${ENDING_WORDS[step.ending]}.`;
    case "crash":
      return `The process of environment ${step.environment} dies while it is idle.`;
    case "freeze-long":
      return "Nothing happens for so long that the peer ends an idle connection.";
    case "update":
      return "The function is updated: older environments are never invoked again.";
    case "peer-drops":
      return "The peer resets the connection that it serves.";
    case "peer-slow":
      return "The peer becomes slow: its next reply will take longer than the function's time-out.";
    case "invoke-version":
      return `${step.version === "$LATEST" ? step.version : `Version ${step.version}`} is invoked in ${target(placedIn(before, step.version), made)}.`;
    case "provision":
      return `Another version, which is never invoked, is provisioned: the platform initialises environment ${made} for it.`;
  }
}

function target(environment: Target, made: number): string {
  return environment === "new" ? `a new environment (environment ${made})` : `environment ${environment}`;
}

function resultText({ outcome, acted, step, asked }: PlayedStep): string {
  if (outcome === null) return acted ? "" : " There was nothing to act on.";
  const cut = (step.step === "invoke-and-end" || step.step === "time-out") && !asked;
  return ` ${outcomeWords(outcome)}${cut ? " The invocation sent no request to the peer, so it ended before it could be cut off." : ""}`;
}

function outcomeWords(outcome: InvocationOutcome): string {
  switch (outcome.outcome) {
    case "succeeded":
      return "It succeeds.";
    case "throttled":
      return "It is throttled.";
    case "function-error":
      return `It fails: ${outcome.errorType ?? "an error"}${outcome.errorMessage === null ? "" : ` (${outcome.errorMessage})`}.`;
    case "invocation-error":
      return "It ends without an answer.";
    case "unknown":
      return "Its outcome is not known.";
  }
}
