/** The logs of peers and of real servers, judged beside a small log of a function. */
import { SERVER_LOGS } from "./samples/server-logs.ts";
import { SMALL_LOG } from "./samples/small-log.ts";
import { fuzz } from "./support/fuzz.ts";
import { judged } from "./support/judged.ts";

const LOG = Buffer.from(SMALL_LOG.map((record) => `${JSON.stringify(record)}\n`).join(""));

fuzz("server-logs", {
  samples: SERVER_LOGS,
  start: () => ({
    check: (input) =>
      judged({
        logs: [{ source: "events.json", input: { bytes: LOG, pieces: [] } }],
        peerLogs: [{ source: "server.log", input }],
      }),
  }),
});
