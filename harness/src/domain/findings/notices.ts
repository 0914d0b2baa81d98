/** Remarks about the evidence of a run. They change no verdict. */
import { coder, type Coded } from "./coded.ts";

export interface NoticeParameters {
  /** The run's own sentence from its journal. */
  readonly "noted-by-run": { readonly text: string };
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
