/**
 * The platform profiles that come with the tool. Times between events are seconds here and minutes to hours on AWS
 * (docs/aws/lifecycle.md#lifetime, docs/aws/lifecycle.md#proactive-initialization). So a minute of a run shows what a day shows on AWS.
 * Time-outs and the Init limit of 10 s are the same as on AWS.
 */
import type { PlatformProfileName } from "../record/plan.ts";
import type { Gap, PlatformProfile, RecurringEvent } from "./platform-profile.ts";

/**
 * Returns a gap of `least` to `most` seconds, or of `least` to `most` intervals if an interval is longer than 1 s. At the default interval
 * of 1 s, both ranges are equal.
 */
const every = (least: number, most: number): Gap => ({
  everyMs: [least * 1_000, most * 1_000],
  everyIntervals: [least, most],
});

/** The behaviour of other emulators: an environment is made when an invocation needs it, and lives for ever. */
const calm: PlatformProfile = {
  name: "calm",
  placement: "most-recent",
  aheadElsewhere: null,
  aheadUndisturbed: true,
  events: [],
};

/** Proactive initialisation, replacement and lifetimes, as published measurements show them. */
const typical: PlatformProfile = {
  name: "typical",
  placement: "most-recent",
  aheadElsewhere: every(18, 40),
  aheadUndisturbed: true,
  events: [
    { action: "retire", selector: "most-recent-idle", ending: "fin", ...every(9, 25) },
    { action: "initialise-ahead", ...every(8, 24) },
  ],
};

const HOSTILE_EVENTS: readonly RecurringEvent[] = [
  { action: "place-next", placement: "new", ...every(3, 8) },
  { action: "initialise-ahead", ...every(5, 12) },
  { action: "place-next", placement: "oldest", ...every(6, 14) },
  { action: "place-next", placement: "newest", ...every(6, 14) },
  { action: "retire", selector: "oldest-idle", ending: "fin", ...every(9, 20) },
  { action: "retire", selector: "most-recent-idle", ending: "rst", ...every(9, 20) },
  { action: "retire", selector: "newest-idle", ending: "silence", ...every(12, 25) },
  { action: "retire", selector: "never-invoked", ending: "silence", ...every(15, 30) },
  // Limits the number of environments in a run that lasts days.
  { action: "retire", selector: "all-idle", ending: "fin", ...every(20, 40) },
  { action: "update", ...every(20, 40) },
  { action: "crash", selector: "most-recent-idle", ...every(15, 30) },
  { action: "crash", selector: "in-flight", ...every(15, 35) },
];

/**
 * Every documented behaviour happens often. No environment ends during an invocation, so a function that closes its connection before it
 * returns is safe. (A crash ends only the process, and the connection of the process is then closed with FIN.)
 */
const hostile: PlatformProfile = {
  name: "hostile",
  placement: "most-recent",
  aheadElsewhere: every(20, 40),
  aheadUndisturbed: false,
  events: HOSTILE_EVENTS,
};

/** Environments also end during an invocation, and some do not close their connection to the peer. */
const partition: PlatformProfile = {
  ...hostile,
  name: "partition",
  events: [
    ...HOSTILE_EVENTS,
    { action: "retire", selector: "in-flight", ending: "silence", ...every(8, 20) },
    { action: "retire", selector: "in-flight", ending: "rst", ...every(15, 35) },
  ],
};

export const BUILT_IN_PROFILES: Readonly<Record<PlatformProfileName, PlatformProfile>> = {
  calm,
  typical,
  hostile,
  partition,
};
