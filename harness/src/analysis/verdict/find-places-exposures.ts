/**
 * Finds the exposures at a peer with several places (docs/checks.md#more-than-one-place): an invocation began while the other live
 * environments could hold all places, and one of these environments was idle. With `--kept-connections allowed`, one idle environment is
 * enough. If the same environment is invoked again beside the same other environments, that is not counted again.
 */
import { later } from "../../base/clocks.ts";
import type { EpochMs } from "../../base/time.ts";
import { lifeOf, usableFrom, type Life } from "../attribution/environment-lives.ts";
import { isBeforeRun } from "../attribution/before-run.ts";
import { workDuring } from "../attribution/at-work.ts";
import { peerWasDown, strangersDuring } from "../attribution/peer-available.ts";
import type { ObservedEnvironment } from "../timeline/environment.ts";
import type { Exposure } from "./exposure.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

interface PlacesCandidate {
  readonly environment: ObservedEnvironment;
  readonly life: Life;
  readonly from: EpochMs;
}

/** `enough` is how many other environments must be alive. */
export function findPlacesExposures(history: FunctionHistory, enough: number): Exposure[] {
  const { places } = history.capacity;
  const born = candidatesOf(history);
  const exposures: Exposure[] = [];
  const counted = new Set<string>();
  let alive: PlacesCandidate[] = [];
  let aliveName = "";
  let next = 0;
  for (const invocation of history.invocations) {
    const { start, environment } = invocation;
    if (start === null || isBeforeRun(history, invocation)) continue;
    const before = alive.length;
    alive = alive.filter(({ life }) => life.to >= start);
    let changed = alive.length !== before;
    for (let one = born[next]; one !== undefined && one.from <= start; one = born[next]) {
      next += 1;
      if (one.life.to < start) continue;
      alive.push(one);
      changed = true;
    }
    if (changed) aliveName = alive.map((one) => one.environment.id).join("\n");
    const others = alive.filter((one) => one.environment !== environment);
    if (others.length < enough) continue;
    const key = `${environment.id}\n\n${aliveName}`;
    if (counted.has(key)) continue;
    const idle = others.filter(
      (one) => workDuring(history, one.environment, { from: start, to: start }) === "idle",
    );
    if (idle.length === 0 || peerWasDown(history, invocation)) continue;
    if (places !== null && strangersDuring(history, invocation) >= places) continue;
    counted.add(key);
    const shown = others.filter(({ life, environment: { lastLine } }) => !life.guessed || lastLine >= start);
    exposures.push({
      others: others.map((one) => one.environment),
      invocation,
      at: start,
      guessed: shown.length < enough || !idle.some((one) => shown.includes(one)),
    });
  }
  return exposures;
}

export function mostOthersAlive(history: FunctionHistory): number {
  const born = candidatesOf(history);
  let alive: PlacesCandidate[] = [];
  let next = 0;
  let most = 0;
  for (const { start: at } of history.invocations) {
    if (at === null) continue;
    for (let one = born[next]; one !== undefined && one.from <= at; one = born[next]) {
      next += 1;
      alive.push(one);
    }
    alive = alive.filter(({ life }) => life.to >= at);
    most = Math.max(most, alive.length - 1);
  }
  return most;
}

/** The environments that can be one of the others, from the time at which they could connect. In order of this time. */
export function candidatesOf(history: FunctionHistory): PlacesCandidate[] {
  return history.environments
    .flatMap((environment): PlacesCandidate[] => {
      const usable = usableFrom(environment);
      const life = lifeOf(history, environment);
      return usable === null ? [] : [{ environment, life, from: later(usable, life.from) }];
    })
    .sort((a, b) => a.from - b.from);
}
