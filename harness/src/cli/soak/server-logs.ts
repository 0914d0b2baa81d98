/** Reads the logs that the user's servers write themselves, from the files of `--peer-log`. */
import { resolve } from "node:path";
import { groupBy } from "../../domain/group-by.ts";
import { fileBytes } from "../../adapters/log-formats/log-source-bytes.ts";
import { readPeerLog } from "../../adapters/log-formats/read-peer-log.ts";
import type { ServerLogFiles } from "../../ports/server-log-files.ts";
import type { SoakSettings } from "../../settings/soak-settings.ts";

/** Null if no file was given. */
export function serverLogs(
  workingFolder: string,
  { peerLogFiles, peerLogZone }: Pick<SoakSettings, "peerLogFiles" | "peerLogZone">,
): ServerLogFiles | null {
  if (peerLogFiles.length === 0) return null;
  return {
    async read(since, take) {
      const read = [];
      for (const [peer, files] of groupBy(peerLogFiles, ({ name }) => name)) {
        const inputs = files.map(({ value }) => ({
          source: value,
          open: () => fileBytes(resolve(workingFolder, value)),
        }));
        const options = { zone: peerLogZone, since };
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
