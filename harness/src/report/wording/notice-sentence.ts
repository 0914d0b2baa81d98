import type { JudgedNotice, NoticeParameters } from "../../record/notices.ts";
import { PEER_LOG_EXPECTED } from "../../record/peer-log.ts";
import type { ServerManner } from "../../record/probe.ts";
import { titleOfServerLog } from "../../words/server-log-kinds.ts";
import { count } from "./fixed-words.ts";
import { mannerSentences } from "./manner-words.ts";
import { plainNaming, type Naming } from "./naming.ts";
import { SERVER_LOG_WORDS } from "./server-log-words.ts";
import { inWords, type Wording } from "./wording.ts";

const AT = "2026-11-25T10:00:00.000Z";

const MANNER: ServerManner = {
  ...{ places: 1, whenFull: "closes", unknown: null, turnsAwayAfterMs: 1 },
  freesAfterMs: { moreThan: 0, atMost: 4 },
};

export const NOTICES: Wording<NoticeParameters> = {
  told: [({ text }) => text, { text: "redis.log: this log shows nothing." }],
  "notice-not-known": [
    ({ notice }) =>
      `A newer version of longrun wrote the run, and noted something about its evidence that this version does not know: ${notice}.`,
    { notice: "log-is-odd" },
  ],
  "peer-log-empty": [
    ({ sources }) =>
      `${sources.join(", ")}: this log of the peer is empty, so it shows nothing. ${PEER_LOG_EXPECTED}`,
    { sources: ["pg.log.1", "pg.log"] },
  ],
  "peer-log-of-other-time": [
    ({ source, since, until, first, last }) => {
      const from = since ?? "its beginning";
      return [
        `${source}: no line about a connection is from the time of the other evidence (${until === null ? `from ${from} on` : `${from} to ${until}`});`,
        `the log has such lines from ${first} to ${last}.`,
        "If connections began or ended in that time, this is the log of another time,",
        "or its times are in another time zone than they say (--peer-log-zone sets the zone of a log whose times have none).",
      ].join(" ");
    },
    { source: "pg.log", since: AT, until: null, first: "2026-11-25T08:00:00.000Z", last: AT },
    { source: "pg.log", since: AT, until: AT, first: "2026-11-25T08:00:00.000Z", last: AT },
  ],
  "server-log-shows-nothing": [
    ({ source, server }) => {
      const { advice, naming } = SERVER_LOG_WORDS[server];
      return `${source}: ${titleOfServerLog(server)} does not log which connections it served, so this log shows nothing. ${advice} ${naming}`;
    },
    { source: "redis.log", server: "redis" },
    { source: "mysql.log", server: "mysql-plain" },
  ],
  "server-log-without-connections": [
    ({ source, server }) => {
      const { advice, naming } = SERVER_LOG_WORDS[server];
      return `${source}: this log of ${titleOfServerLog(server)} has no line about a connection. ${advice} ${naming}`;
    },
    { source: "pg.log", server: "postgres" },
    { source: "audit.log", server: "mysql-audit" },
    { source: "mosquitto.log", server: "mosquitto" },
    { source: "auth.log", server: "sshd" },
  ],
  "server-log-without-streams": [
    ({ source, server }) => {
      const { naming } = SERVER_LOG_WORDS[server];
      return `${source}: no client in this log of ${titleOfServerLog(server)} has a name that contains a log stream or its end, so the log alone cannot name an environment. ${naming}`;
    },
    { source: "pg.log", server: "postgres" },
  ],
  "streams-skipped": [
    ({ skipped, of, first }) =>
      `${skipped} of ${of} log streams do not belong to a Lambda function and are skipped; the first is ${first}.`,
    { skipped: 2, of: 3, first: "ecs/peer/1" },
  ],
  "peer-log-not-asked": [
    ({ given, functionName }) => `${given} is not read, because --function asks only for ${functionName}.`,
    { given: "--peer-log other=pg.log", functionName: "fn" },
  ],
  "only-client": [
    ({ stranger }) =>
      stranger === null
        ? "The verdicts rest on --only-client: nobody but these functions uses the peer."
        : `--only-client does not count, because the peer's log shows another client: ${stranger}.`,
    { stranger: null },
    { stranger: "pgadmin" },
  ],
  "peer-probed": [
    (probed) => {
      const { places, whenFull } = probed.manner;
      const judged = whenFull !== null && whenFull !== "ends-older";
      const rests = ` With --capacity ${places ?? 0}, verdicts rest on this: it shows which connections were turned away.`;
      return `Probed before the run: ${mannerSentences(probed)}${judged ? rests : ""}`;
    },
    { address: "10.0.0.9:502", manner: MANNER },
    { address: "10.0.0.9:502", manner: { ...MANNER, freesAfterMs: null } },
    { address: "10.0.0.9:502", manner: { ...MANNER, whenFull: null, places: null, unknown: "silence" } },
  ],
  "server-unreached": [
    ({ function: name, peer, attempts, first, last, errors }) =>
      [
        `${name}: ${attempts === 1 ? `at ${first}` : `between ${first} and ${last}`},`,
        `${count(attempts, "attempt")} to connect to the server${peer === null ? "" : ` ${peer}`}`,
        `failed (${errors.length === 0 ? "no code" : errors.join(", ")}),`,
        "but no invocation is known to have failed because of that.",
      ].join(" "),
    { function: "fn", peer: null, attempts: 1, first: AT, last: AT, errors: [] },
    { function: "fn", peer: "db", attempts: 2, first: AT, last: AT, errors: ["ECONNREFUSED"] },
  ],
};

export function noticeSentence(notice: JudgedNotice, naming: Naming = plainNaming("logs")): string {
  return inWords(NOTICES, notice, naming);
}
