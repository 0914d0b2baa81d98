/** Completes each boot when all sources are joined: whether lines are missing, and which of its attempts were accepted, made in Init, queued or shared. */
import type { Attempt, ObservedEnvironment } from "../timeline/environment.ts";
import { hasMissingLines } from "../timeline/hold.ts";
import { noteQueued } from "./note-queued.ts";
import { noteSharedAttempts } from "./shared-attempts.ts";

const NO_ATTEMPTS: Attempt[] = [];

/** `linksWhole`: the link log has a record of every connection. */
export function summariseBoots(environments: readonly ObservedEnvironment[], linksWhole: boolean): void {
  for (const boot of environments.flatMap(({ boots }) => boots)) {
    boot.missingLines = hasMissingLines(boot);
    if (boot.attempts.length === 0 || boot.accepted === boot.attempts) continue;
    boot.attempts.sort((a, b) => a.time - b.time);
    boot.accepted = selected(
      boot.attempts,
      (attempt) => attempt.outcome === "accepted" && attempt.peer?.abandoned !== true,
    );
    boot.initAttempts = selected(boot.attempts, (attempt) => attempt.phase === "init");
  }
  noteQueued(environments);
  noteSharedAttempts(environments, linksWhole);
}

/** Like `filter`, but makes no new list if all attempts are selected or none. There can be very many such lists. */
function selected(attempts: Attempt[], is: (attempt: Attempt) => boolean): Attempt[] {
  if (attempts.every(is)) return attempts;
  return attempts.some(is) ? attempts.filter(is) : NO_ATTEMPTS;
}
