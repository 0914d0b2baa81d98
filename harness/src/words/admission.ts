import { choiceInWords } from "../base/choice-in-words.ts";

/** What a peer does with a new connection when no place is free. `evict`: it ends an earlier connection. */
export const ADMISSIONS = ["refuse", "backlog", "evict"] as const;
/** For help and messages. */
export const ADMISSION_CHOICE = choiceInWords(ADMISSIONS);
export type Admission = (typeof ADMISSIONS)[number];

export const DEFAULT_ADMISSION: Admission = "refuse";
