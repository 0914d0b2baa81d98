/**
 * Chooses at random, from a seed, what the platform will do, and when. The same profile, seed, duration and interval give the same bytes on
 * any machine.
 */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { wrongInput, type LongrunError } from "../base/errors.ts";
import { firstIndex } from "../base/first-index.ts";
import { invariant } from "../base/invariant.ts";
import { PLAN_ENTRIES_MAX, type PlanAction, type PlanEntry } from "../record/plan.ts";
import type { Plan } from "../record/plan-file.ts";
import { silentLifeMs } from "../words/silent-life.ts";
import type { Gap, PlatformProfile } from "./platform-profile.ts";

interface DrawPlanOptions {
  readonly profile: PlatformProfile;
  /** A whole number, 0 or more. */
  readonly seed: number;
  readonly durationMs: number;
  readonly intervalMs: number;
  readonly ahead?: number;
}

/**
 * In a long run, the first `ahead-elsewhere` comes within this many seconds, or within this many intervals if an interval is longer than a
 * second.
 */
const FIRST_AHEAD_WITHIN = 30;

/** Throws a usage error if the plan would have too many entries (PLAN_ENTRIES_MAX). */
export function drawPlan(options: DrawPlanOptions): Plan {
  const { profile, seed, durationMs, intervalMs } = options;
  invariant(Number.isSafeInteger(seed) && seed >= 0, `a seed is a whole number from 0 on, not ${seed}`);
  invariant(durationMs > 0 && intervalMs > 0, "duration and interval are greater than 0");
  const random = generatorOf(seed);
  const ahead =
    profile.aheadElsewhere === null ? [] : drawAheadElsewhere(random, profile.aheadElsewhere, options);
  const others = profile.events.flatMap(({ everyMs, everyIntervals, ...action }) =>
    drawRecurring(random, { everyMs, everyIntervals }, options)
      .filter((offsetMs) => !profile.aheadUndisturbed || !disturbs(offsetMs, ahead, intervalMs))
      .map((offsetMs) => entryOf(offsetMs, together(action, options))),
  );
  // Sorting is stable, so entries of the same instant keep the order in which the profile names them.
  const entries = [
    ...ahead.map((offsetMs) => entryOf(offsetMs, together({ action: "ahead-elsewhere" }, options))),
    ...others,
  ].sort((one, other) => one.offsetMs - other.offsetMs);
  if (entries.length > PLAN_ENTRIES_MAX) throw tooLong(profile);
  return {
    schemaVersion: 1,
    profile: profile.name,
    seed,
    durationMs,
    intervalMs,
    placement: profile.placement,
    entries,
  };
}

/** The generator takes 32 bits, but all bits of the seed count. */
function generatorOf(seed: number): RandomGenerator {
  const high = Math.floor(seed / 2 ** 32);
  return xoroshiro128plus((seed | 0) ^ Math.imul(high, 0x9e37_79b1));
}

/**
 * The first offset lies in the first half of the run. Each offset leaves time for the whole lifetime of the environment that is initialised
 * ahead, and for three invocations after that lifetime. If the run is too short for this, the only offset is as early as possible.
 */
function drawAheadElsewhere(
  random: RandomGenerator,
  gap: Gap,
  { profile, durationMs, intervalMs }: DrawPlanOptions,
): number[] {
  const dueLast = (Math.ceil(durationMs / intervalMs) - 1) * intervalMs;
  const latest = Math.min(durationMs - silentLifeMs(intervalMs) - 3 * intervalMs, dueLast - intervalMs);
  const firstMost = Math.max(
    0,
    Math.min(latest, durationMs / 2 - 1, FIRST_AHEAD_WITHIN * Math.max(1_000, intervalMs)),
  );
  const firstLeast = Math.min(firstMost, 2 * intervalMs);
  const offsets = [between(random, firstLeast, firstMost)];
  for (;;) {
    const next = (offsets.at(-1) ?? 0) + drawGap(random, gap, intervalMs);
    if (next > latest) return offsets;
    offsets.push(next);
    if (offsets.length > PLAN_ENTRIES_MAX) throw tooLong(profile);
  }
}

/** No event lies near the end of the run, so that an invocation follows each event. */
function drawRecurring(
  random: RandomGenerator,
  gap: Gap,
  { profile, durationMs, intervalMs }: DrawPlanOptions,
): number[] {
  const latest = durationMs - Math.max(3_000, 3 * intervalMs);
  const offsets: number[] = [];
  // The first event can come before a whole gap has passed, as if environments had different ages at the start of the run.
  let next = between(random, Math.min(intervalMs, 1_000), gapRange(gap, intervalMs)[1]);
  while (next <= latest) {
    offsets.push(next);
    if (offsets.length > PLAN_ENTRIES_MAX) throw tooLong(profile);
    next += drawGap(random, gap, intervalMs);
  }
  return offsets;
}

/** Whether an event is too close to an `ahead-elsewhere`. `ahead` has the offsets of these entries, in ascending order. */
function disturbs(offsetMs: number, ahead: readonly number[], intervalMs: number): boolean {
  const before = Math.max(1_000, intervalMs);
  const after = silentLifeMs(intervalMs) + 3 * intervalMs;
  const next = ahead[firstIndex(ahead.length, (index) => (ahead[index] ?? Infinity) > offsetMs - after)];
  return next !== undefined && next < offsetMs + before;
}

function gapRange({ everyMs, everyIntervals }: Gap, intervalMs: number): readonly [number, number] {
  const [least, most] = [0, 1].map((end) =>
    Math.max(everyMs[end] ?? 0, (everyIntervals[end] ?? 0) * intervalMs),
  );
  return [least ?? 0, most ?? 0];
}

function drawGap(random: RandomGenerator, gap: Gap, intervalMs: number): number {
  return between(random, ...gapRange(gap, intervalMs));
}

/** Returns a whole number of milliseconds in the range. If the range contains none, returns its upper end, rounded down. */
function between(random: RandomGenerator, least: number, most: number): number {
  const to = Math.floor(most);
  return uniformInt(random, Math.min(to, Math.ceil(least)), to);
}

function together(action: PlanAction, { ahead = 1 }: DrawPlanOptions): PlanAction {
  return ahead > 1 && (action.action === "ahead-elsewhere" || action.action === "initialise-ahead")
    ? { ...action, environments: ahead }
    : action;
}

/** The members have a fixed order, because plans are compared byte by byte. */
function entryOf(offsetMs: number, action: PlanAction): PlanEntry {
  return { offsetMs, ...action };
}

function tooLong({ name }: PlatformProfile): LongrunError {
  return wrongInput(
    `--duration: expected a run for which the plan of ${name} has at most ${PLAN_ENTRIES_MAX.toLocaleString("en")} entries.`,
    { hint: "Give a shorter --duration, or a --platform in which less happens." },
  );
}
