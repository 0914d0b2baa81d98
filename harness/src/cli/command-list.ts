/** A command is loaded only when it is used, so that the start is fast. */
import type { AnyCommand } from "./command.ts";

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<AnyCommand>;
}

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "soak",
    summary: "invoke functions, observe, judge, report: the main command",
    load: async () => (await import("./commands/soak.ts")).soak,
  },
  {
    name: "serve",
    summary: "the local AWS Lambda in the foreground",
    load: async () => (await import("./commands/serve.ts")).serve,
  },
  {
    name: "peer",
    summary: "the single-connection peer in the foreground",
    load: async () => (await import("./commands/peer.ts")).peer,
  },
  {
    name: "probe",
    summary: "find out what a machine does when it is full",
    load: async () => (await import("./commands/probe.ts")).probe,
  },
  {
    name: "analyze",
    summary: "judge a run directory, exported logs, or a live log group",
    load: async () => (await import("./commands/analyze.ts")).analyze,
  },
  {
    name: "scan",
    summary: "rank an account's functions by hazard (CloudWatch Logs Insights)",
    load: async () => (await import("./commands/scan.ts")).scan,
  },
  {
    name: "budget",
    summary: "add up the connections that an account's functions can have",
    load: async () => (await import("./commands/budget.ts")).budget,
  },
  {
    name: "undo",
    summary: "undo what a killed soak with --provoke left",
    load: async () => (await import("./commands/undo.ts")).undo,
  },
  {
    name: "report",
    summary: "render a run directory again; compare two runs",
    load: async () => (await import("./commands/report.ts")).report,
  },
  {
    name: "redact",
    summary: "copy a run directory without names, addresses and texts",
    load: async () => (await import("./commands/redact.ts")).redact,
  },
  {
    name: "calibrate",
    summary: "measure AWS's times in long soaks, as a platform profile",
    load: async () => (await import("./commands/calibrate.ts")).calibrate,
  },
  {
    name: "explore",
    summary: "search for the shortest schedule that breaks a function",
    load: async () => (await import("./commands/explore.ts")).explore,
  },
  {
    name: "replay",
    summary: "run one schedule file",
    load: async () => (await import("./commands/replay.ts")).replay,
  },
  {
    name: "doctor",
    summary: "check this machine, or an AWS account, for what a run needs",
    load: async () => (await import("./commands/doctor.ts")).doctor,
  },
  {
    name: "verify",
    summary: "see whether AWS behaves as documented (in a checkout)",
    load: async () => (await import("./commands/verify.ts")).verify,
  },
];

/** Parts of other commands that run as separate processes. The help does not list them. */
export const PARTS: readonly CommandEntry[] = [
  { name: "judge", summary: "", load: async () => (await import("./commands/judge.ts")).judge },
];
