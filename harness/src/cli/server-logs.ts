import { accessSync, constants } from "node:fs";
import { resolve } from "node:path";
import { wrongInput, type LongrunError } from "../base/errors.ts";
import { groupBy } from "../base/group-by.ts";
import { isFolder } from "../adapters/node/is-folder.ts";
import { fileBytes } from "../adapters/log-formats/log-source-bytes.ts";
import { readPeerLog } from "../adapters/log-formats/read-peer-log.ts";
import { logPattern } from "../logs/servers/log-pattern.ts";
import type { ServerLogFiles } from "../run/ports/server-log-files.ts";
import type { SoakSettings } from "../settings/soak-settings.ts";

/**
 * Returns the reader of the servers' own logs (`--peer-log`). A soak reads them at the end of the run, but a file that cannot be read is a
 * usage error already here, before the run. Null if no file was given.
 */
export function serverLogs(
  workingFolder: string,
  {
    peerLogFiles,
    peerLogZone,
    peerLogPatterns,
  }: Pick<SoakSettings, "peerLogFiles" | "peerLogZone" | "peerLogPatterns">,
): ServerLogFiles | null {
  if (peerLogFiles.length === 0) return null;
  for (const { value } of peerLogFiles) refuseUnreadable(value, resolve(workingFolder, value));
  return {
    async read(since, take) {
      const read = [];
      for (const [peer, files] of groupBy(peerLogFiles, ({ name }) => name)) {
        const inputs = files.map(({ value }) => ({
          source: value,
          open: () => fileBytes(resolve(workingFolder, value)),
        }));
        const options = {
          zone: peerLogZone,
          patterns: peerLogPatterns.map(logPattern),
          since,
          until: null,
        };
        read.push(
          await readPeerLog(inputs, options, (record) => take(peer === null ? record : { ...record, peer })),
        );
      }
      return {
        unreadable: read.flatMap(({ unreadable }) => unreadable),
        notices: read.flatMap(({ notices }) => notices),
      };
    },
  };
}

function refuseUnreadable(given: string, path: string): void {
  const refuse = (why: string): LongrunError =>
    wrongInput(
      `--peer-log ${given} cannot be read (${why}): expected a log file that the server already writes`,
      { hint: "docs/servers.md says for each server how to switch its log on." },
    );
  if (isFolder(path) === true) throw refuse("it is a folder");
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw refuse((error as NodeJS.ErrnoException).code ?? String(error));
  }
}
