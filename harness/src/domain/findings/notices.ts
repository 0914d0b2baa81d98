/** Remarks about evidence. They change no verdict. */
import type { ServerLogKind } from "../server-log-kinds.ts";
import { coder, type Coded } from "./coded.ts";

/** The notices of a run, which it writes into its journal (`evidence-notice`). `source` names a file. */
export interface RunNoticeParameters {
  /** An older version wrote this sentence into the journal, without a code. */
  readonly told: { readonly text: string };
  /** A newer version wrote a notice with this code. */
  readonly "notice-not-known": { readonly notice: string };
  readonly "peer-log-empty": { readonly sources: readonly string[] };
  /** The times are ISO 8601. The other evidence is from `since` to `until`, and the log's lines about connections from `first` to `last`. */
  readonly "peer-log-of-other-time": {
    readonly source: string;
    readonly since: string | null;
    readonly until: string | null;
    readonly first: string;
    readonly last: string;
  };
  /** No setting makes a log of this kind show which connections were served. */
  readonly "server-log-shows-nothing": OfServerLog;
  readonly "server-log-without-connections": OfServerLog;
  /** No client's name fits a log stream, so the log alone cannot name an environment. */
  readonly "server-log-without-streams": OfServerLog;
}

interface OfServerLog {
  readonly source: string;
  readonly server: ServerLogKind;
}

export type RunNotice = Coded<RunNoticeParameters>;
export const runNotice = coder<RunNoticeParameters>();

export interface NoticeParameters extends RunNoticeParameters {
  /** `skipped` of the `of` log streams do not belong to a Lambda function. */
  readonly "streams-skipped": { readonly skipped: number; readonly of: number; readonly first: string };
  /** `given`: the flag as the user gave it. */
  readonly "peer-log-not-asked": { readonly given: string; readonly functionName: string };
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
