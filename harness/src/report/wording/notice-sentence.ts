import type { JudgedNotice, NoticeParameters } from "../../domain/findings/notices.ts";
import { count } from "./fixed-words.ts";
import type { Naming } from "./naming.ts";
import { inWords, type Clauses } from "./wording.ts";

const NOTICES: Clauses<NoticeParameters> = {
  "noted-by-run": ({ text }) => text,
  "server-unreached": ({ function: name, peer, attempts, first, last, errors }) =>
    [
      `${name}: ${attempts === 1 ? `at ${first}` : `between ${first} and ${last}`},`,
      `${count(attempts, "attempt")} to connect to the server${peer === null ? "" : ` ${peer}`}`,
      `failed (${errors.length === 0 ? "no code" : errors.join(", ")}),`,
      "but no invocation is known to have failed because of that.",
    ].join(" "),
};

export function noticeSentence(notice: JudgedNotice, naming: Naming): string {
  return inWords(NOTICES, notice, naming);
}
