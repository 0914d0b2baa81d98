/**
 * The story of `make chaos`: runs, and what happens to them. Several soak processes drive a run, one after another; each of them is a session.
 * The story has everything that a seed decides and nothing that is measured, so that two stories of one seed are the same text.
 */
import type { JournalEvent } from "../../src/record/journal.ts";

/** The kinds of processes that are killed. `judge` is the separate process in which a soak judges the run. */
export const VICTIMS = ["soak", "engine", "peer", "judge", "function"] as const;
export type Victim = (typeof VICTIMS)[number];

/** A connection that passes through a relay of the test. */
export type Wire = "soak to engine" | "links to peer";

/**
 * How connections are cut. The last two ways leave each connection half-closed: only one side gets a FIN, and what that side sends still
 * reaches the other side.
 */
export const CUTS = ["fin", "rst", "fin to the client only", "fin to the server only"] as const;
export type Cut = (typeof CUTS)[number];

/**
 * When an action happens: at a time after the session's start, or when the journal has `count` more events of one kind. The count begins at
 * the previous action; for the first action, it begins at the session's start.
 */
export type Moment =
  | { readonly event: "start"; readonly afterMs: number }
  | { readonly event: JournalEvent["event"]; readonly count: number };

export type Action =
  /** SIGKILL. `which` chooses among several victims. The engine and the peer of an attached run are started again after `downFor` invocations. */
  | { readonly kind: "kill"; readonly victim: Victim; readonly which: number; readonly downFor: number }
  /** Cuts all connections as `how` says, and resets new ones until `lasting` more invocations were sent. */
  | { readonly kind: "cut"; readonly wire: Wire; readonly how: Cut; readonly lasting: number }
  /** Delays every byte until `lasting` more invocations were sent. */
  | { readonly kind: "slow"; readonly wire: Wire; readonly byMs: number; readonly lasting: number }
  /** Fills a disk until the session has ended: the one that holds the run directory, or the one that holds the temporary files. */
  | { readonly kind: "fill"; readonly disk: "run" | "temporary" }
  | { readonly kind: "clock"; readonly byMs: number }
  /** Closes the reading ends of the standard output and standard error of the process. The peer's standard output is its log. */
  | { readonly kind: "unread"; readonly of: "soak" | "engine" | "peer" };

export interface Step {
  readonly at: Moment;
  readonly action: Action;
}

export interface Session {
  /** Whether the soak is started with its standard streams closed. */
  readonly streams: "open" | "closed";
  readonly steps: readonly Step[];
}

/** What functions do that nobody asked them for. */
export const MISCHIEF = ["flood", "leftovers", "daemons", "signals"] as const;
export type Mischief = (typeof MISCHIEF)[number];

export interface Run {
  readonly number: number;
  /** `own`: the soak starts its engine and its peers. `attached`: engine and peer are separate processes, behind relays. */
  readonly engine: "own" | "attached";
  /** An attached run has one function. */
  readonly functions: readonly FunctionDesign[];
  readonly platform: "hostile" | "ahead";
  /** The seed of the platform's plan. */
  readonly seed: number;
  /** The soak of the last session runs to its end. */
  readonly sessions: readonly Session[];
  /** What the functions of the run do besides their work, in environments with namespaces. */
  readonly mischief: readonly Mischief[];
  /**
   * Whether no action touches the functions or their evidence. Then the verdict must be right, and not inconclusive: `handler-connect`
   * passes and `init-connect` fails.
   */
  readonly gentle: boolean;
}

export type FunctionDesign = "init-connect" | "handler-connect";

export const stepsOf = (run: Run): readonly Step[] => run.sessions.flatMap(({ steps }) => steps);

export const killsIn = (run: Run): number =>
  stepsOf(run).filter(({ action }) => action.kind === "kill").length;

/** Returns the story of a run in words, one line for each session. */
export function runText(run: Run): string {
  const head = `run ${run.number}: ${run.engine} engine, ${run.functions.join(" and ")}, platform ${run.platform}, plan seed ${run.seed}${run.mischief.length === 0 ? "" : `, functions with ${run.mischief.join(" and ")}`}${run.gentle ? ", must be decided" : ""}`;
  const sessions = run.sessions.map(({ streams, steps }, index) => {
    const happens = steps.map(stepText).join("; ");
    return `  session ${index + 1}${streams === "closed" ? " (standard streams closed)" : ""}: ${happens === "" ? "runs to its end" : happens}`;
  });
  return [head, ...sessions].join("\n");
}

export function stepText({ at, action }: Step): string {
  const when = at.event === "start" ? `${at.afterMs} ms after the start` : `at ${at.event} ${at.count}`;
  return `${when} ${actionText(action)}`;
}

function actionText(action: Action): string {
  switch (action.kind) {
    case "kill":
      return `kill ${action.victim} ${action.which}${action.downFor > 0 ? `, back after ${action.downFor} invocations` : ""}`;
    case "cut":
      return `cut ${action.wire} by ${action.how} for ${action.lasting} invocations`;
    case "slow":
      return `slow ${action.wire} by ${action.byMs} ms for ${action.lasting} invocations`;
    case "fill":
      return `fill the disk of the ${action.disk} files`;
    case "clock":
      return `move the clock by ${action.byMs} ms`;
    case "unread":
      return `stop reading the output of the ${action.of}`;
  }
}
