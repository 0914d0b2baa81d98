/** Remarks about evidence. They change no verdict. */
import { z } from "zod";
import { member, record, type Recorded } from "./schema/member.ts";
import { SERVER_LOG_KINDS } from "../words/server-log-kinds.ts";
import type { ServerManner } from "./probe.ts";
import { coder, type Coded } from "./coded.ts";

const TEXT = z.string();

const OF_SERVER_LOG = record({
  source: member("text", TEXT),
  server: member("kept", z.enum(SERVER_LOG_KINDS)),
});

/** The notices of a run, which it writes into its journal (`evidence-notice`). `source` names a file. */
export const RUN_NOTICES = {
  /** An older version wrote this sentence into the journal, without a code. */
  told: record({ text: member("text", TEXT) }),
  /** A newer version wrote a notice with this code. */
  "notice-not-known": record({ notice: member("text", TEXT) }),
  "peer-log-empty": record({ sources: member("text", z.array(TEXT)) }),
  /** The times are ISO 8601. The other evidence is from `since` to `until`, and the log's lines about connections from `first` to `last`. */
  "peer-log-of-other-time": record({
    source: member("text", TEXT),
    since: member("time", TEXT.nullable()),
    until: member("time", TEXT.nullable()),
    first: member("time", TEXT),
    last: member("time", TEXT),
  }),
  /** No setting makes a log of this kind show which connections were served. */
  "server-log-shows-nothing": OF_SERVER_LOG,
  "server-log-without-connections": OF_SERVER_LOG,
  /** No client's name fits a log stream, so the log alone cannot name an environment. */
  "server-log-without-streams": OF_SERVER_LOG,
} as const;
export type RunNoticeParameters = {
  readonly [Code in keyof typeof RUN_NOTICES]: Recorded<(typeof RUN_NOTICES)[Code]>;
};

export type RunNotice = Coded<RunNoticeParameters>;
export const runNotice = coder<RunNoticeParameters>();

export interface NoticeParameters extends RunNoticeParameters {
  /** `skipped` of the `of` log streams do not belong to a Lambda function. */
  readonly "streams-skipped": { readonly skipped: number; readonly of: number; readonly first: string };
  /** `given`: the flag as the user gave it. */
  readonly "peer-log-not-asked": { readonly given: string; readonly functionName: string };
  /** The user says that nobody else used the peer. `stranger`: a client that the peer's log names, so that this is not true; else null. */
  readonly "only-client": { readonly stranger: string | null };
  /** What a probe saw of the peer before the run. */
  readonly "peer-probed": { readonly address: string; readonly manner: ServerManner };
  /** The link log says that nothing answered at the server's address. No invocation failed because of it, so only the link shows it. */
  readonly "server-unreached": {
    readonly function: string;
    /** Null if the function has only one peer. */
    readonly peer: string | null;
    readonly attempts: number;
    readonly first: string;
    readonly last: string;
    /** The system's codes of the errors. */
    readonly errors: readonly string[];
  };
}
export type JudgedNotice = Coded<NoticeParameters>;
export const notice = coder<NoticeParameters>();
