/** A finding and a harm window of the result (run-result.ts). */
import { z } from "zod";
import type { Coded } from "../record/coded.ts";
import type { CodedFinding } from "./findings/finding-parameters.ts";
import type { HarmFindings } from "./findings/harm-findings.ts";
import { member, record, type Recorded } from "../record/schema/member.ts";
import {
  COUNT,
  INSTANT,
  INSTANT_OR_NULL,
  listed,
  TEXT,
  TEXT_OR_NULL,
} from "../record/schema/result-members.ts";
import { FINDING_KINDS, FINDING_STATUSES } from "./result-words.ts";

/** A finding or a harm window in an older result, in which none had a `code` yet. It has only its sentence, `text`. */
interface NotCoded {
  readonly code?: undefined;
  readonly parameters?: undefined;
}

const PARAMETERS = z.looseObject({});

export const FINDING = record(
  {
    check: member("kept", TEXT),
    kind: member("kept", z.enum(FINDING_KINDS)),
    status: member("kept", z.enum(FINDING_STATUSES)),
    text: member("text", TEXT, {
      about: "One plain sentence that says the same as the code and its parameters.",
    }),
    code: member("kept", TEXT.exactOptional(), {
      about:
        "The sentence as a code for programs; docs/checks.md lists all codes. Absent in results of older versions without codes.",
    }),
    parameters: member("dropped", PARAMETERS.exactOptional(), {
      about: "The values in the sentence: environments (by id), times, lengths in milliseconds, counts.",
    }),
    environment: member("stream", TEXT_OR_NULL, {
      about: "The id of the environment that was harmed, or that the finding is about.",
    }),
    holder: member("stream", TEXT_OR_NULL, {
      about:
        "The id of the environment that held the connection. Null if no environment held it, or if the holder is unknown.",
    }),
    from: member("time", INSTANT_OR_NULL),
    to: member("time", INSTANT_OR_NULL),
    requestIds: member("id", listed(TEXT)),
    peer: member("peer", TEXT.exactOptional(), {
      about:
        "The name of the peer. Absent if the function has at most one peer, or if the finding is about all of its peers.",
    }),
    allowed: member("kept", z.literal(true).exactOptional(), {
      about:
        "Present if the finding is only information, because kept connections are allowed (--kept-connections): it is no flaw and does not change the verdict.",
    }),
  },
  { id: "finding" },
);
export type FindingFacts = Omit<Recorded<typeof FINDING>, "text" | "code" | "parameters">;
export type Finding = FindingFacts & { readonly text: string } & (CodedFinding | NotCoded);

export const HARM_WINDOW = record(
  {
    from: member("time", INSTANT, { about: "The start of the first harmed invocation." }),
    to: member("time", INSTANT, {
      about:
        "The start of the next invocation which shows that the peer is free again, or which another connection harmed. If there is none, the end of the run.",
    }),
    durationMs: member("kept", z.number()),
    invocations: member("kept", COUNT, { about: "The failed invocations." }),
    environments: member("stream", z.array(TEXT), { about: "The environments in which invocations failed." }),
    holder: member("stream", TEXT_OR_NULL, {
      about: "If the peer has several places, the idle environment that held one of them longest.",
    }),
    peer: member("peer", TEXT.exactOptional(), { about: "The same member as in a finding." }),
    code: member("kept", TEXT.exactOptional(), { about: "The same member as in a finding." }),
    parameters: member("dropped", PARAMETERS.exactOptional(), { about: "The same member as in a finding." }),
    text: member("text", TEXT, {
      about:
        "One sentence: the holder, since when it held the peer, the phase in which it connected, how often it was invoked, which environments failed, and for how long.",
    }),
  },
  {
    id: "harmWindow",
    description:
      "The time from the start of the first harmed invocation to the start of the next served one or, if there is none, to the end of the run.",
  },
);
export type HarmWindowFacts = Omit<Recorded<typeof HARM_WINDOW>, "text" | "code" | "parameters">;
export type HarmWindow = HarmWindowFacts & { readonly text: string } & (
    Coded<Pick<HarmFindings, "peer-held" | "places-held">> | NotCoded
  );
