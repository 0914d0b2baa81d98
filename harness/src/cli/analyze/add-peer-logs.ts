import { wrongInput } from "../../base/errors.ts";
import type { AddEvidence } from "../../adapters/run-directory/scan-run.ts";
import { parseIsoTime } from "../../base/time.ts";
import { readSince } from "../../run/collect-server-logs.ts";
import type { RunNotice } from "../../record/notices.ts";
import type { ServerLogFiles } from "../../run/ports/server-log-files.ts";

/**
 * Adds the servers' logs (`--peer-log`) to a run whose soak did not read them. `names` are the names that the user gave to the logs.
 * `notice` takes remarks for the user.
 */
export function addPeerLogs(
  logs: ServerLogFiles,
  names: ReadonlySet<string | null>,
  notice: (one: RunNotice) => void,
): AddEvidence {
  return async (run, sink) => {
    const [only, another] = run.functions;
    if (only === undefined || another !== undefined || only.has.peerLog)
      throw wrongInput(
        another === undefined
          ? "--peer-log: this run already has the log of its peer."
          : "--peer-log: expected a run of one function; the functions of this run had peers of longrun's own, whose logs are in the run.",
      );
    refuseStrayNames(
      names,
      (run.manifest.functions[0]?.peers ?? []).map(({ name }) => name),
    );
    const { target, profile } = run.manifest;
    // The server may have written for days after the run.
    const until =
      (parseIsoTime(run.journalEnd ?? "") ?? 0) + (target === "local" ? 0 : profile.clockToleranceMs);
    const { unreadable, notices } = await logs.read(readSince(run.manifest), (record) => {
      if ((parseIsoTime(record.time) ?? 0) <= until) sink.peer(only.name, record);
    });
    notices.forEach(notice);
    return {
      ...run,
      functions: [
        { ...only, has: { ...only.has, peerLog: true }, unreadable: [...only.unreadable, ...unreadable] },
      ],
    };
  };
}

function refuseStrayNames(names: ReadonlySet<string | null>, peers: readonly string[]): void {
  for (const name of names) {
    if (name === null ? peers.length === 0 : peers.includes(name)) continue;
    throw wrongInput(
      peers.length === 0
        ? `--peer-log ${name ?? ""}=…: this run has one peer without a name. Expected --peer-log FILE.`
        : `--peer-log ${name === null ? "FILE" : `${name}=…`}: expected NAME=FILE with one of ${peers.join(", ")}.`,
    );
  }
}
