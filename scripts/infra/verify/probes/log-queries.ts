/** Compares the counts of `longrun scan` (Logs Insights) with the same counts from the log itself. */
import { packageRoot } from "../../../../harness/src/adapters/node/assets.ts";
import { z } from "zod";
import { runLongrun } from "../../longrun-command.ts";
import { linesNow, type Line } from "../log-lines.ts";
import {
  confirmed,
  differs,
  isAsExpected,
  notReached,
  onAws,
  type Probe,
  type ProbeResult,
} from "../probe.ts";
import { watch } from "../watch.ts";

/** A scan reads the logs of all functions of the account, so there are few scans, with long waits. */
const POLL_MS = 90_000;
const WITHIN_MS = 300_000;
const SCANNED = z.object({
  functions: z.array(
    z.object({
      logGroup: z.string(),
      environments: z.number().nullable(),
      initWithoutInvoke: z.number().nullable(),
    }),
  ),
});

export const logQueries: Probe = onAws("The engine has no Logs Insights.", async (context) => {
  const { region, logGroup, signal } = context;
  const lines = await linesNow(context);
  const since = new Date(Math.min(...lines.map(({ time }) => time))).toISOString();
  const args = ["scan", "--region", region, "--since", since, "--settle", "0s", "--json", "--yes"];
  const look = async (): Promise<ProbeResult> => {
    const { code, stdout, stderr } = await runLongrun({ root: packageRoot(), target: "aws" }, args, {
      stdout: "keep",
      stderr: "keep",
    });
    signal.throwIfAborted();
    if (code !== 0) throw new Error(`longrun scan ended with ${code}: ${stderr.trim().split("\n").at(-1)}`);
    const { functions } = SCANNED.parse(JSON.parse(stdout));
    const counts = functions.find((one) => one.logGroup === logGroup);
    if (counts === undefined) return notReached(`longrun scan does not list ${logGroup}.`);
    const inLog = countsOf(await linesNow(context));
    const same =
      counts.environments === inLog.environments && counts.initWithoutInvoke === inLog.initWithoutInvoke;
    const text = `longrun scan counts ${counts.environments ?? "no"} environments, ${counts.initWithoutInvoke ?? "no"} of them never invoked; the log has ${inLog.environments} and ${inLog.initWithoutInvoke}.`;
    return same ? confirmed(text) : differs(text);
  };
  // Logs Insights sees new lines some minutes later.
  return watch({ look, enough: isAsExpected, pollMs: POLL_MS, withinMs: WITHIN_MS, signal });
});

/** Returns the counts that the scan should give. They are counted by log stream from the platform's lines. */
export function countsOf(lines: readonly Line[]): {
  readonly environments: number;
  readonly initWithoutInvoke: number;
} {
  const streams = new Map<string, Set<string>>();
  for (const { stream, platform } of lines) {
    if (platform === null || !/^platform\.(start|initStart|initReport)$/.test(platform.type)) continue;
    const failed = platform.type === "platform.initReport" && platform.record.status !== "success";
    const types = streams.get(stream) ?? new Set();
    streams.set(stream, types.add(failed ? "failed" : platform.type));
  }
  const unused = [...streams.values()].filter(
    (types) => types.has("platform.initStart") && !types.has("failed") && !types.has("platform.start"),
  );
  return { environments: streams.size, initWithoutInvoke: unused.length };
}
