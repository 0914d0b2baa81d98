/** A finding and a harm window of the result (run-result.ts). */
import { z } from "zod";
import type { Coded } from "./findings/coded.ts";
import type { CodedFinding } from "./findings/finding-parameters.ts";
import type { HarmFindings } from "./findings/harm-findings.ts";
import type { Recorded } from "./record/member.ts";
import { COUNT, INSTANT, INSTANT_OR_NULL, listed, TEXT, TEXT_OR_NULL } from "./record/result-members.ts";
import { FINDING_KINDS, FINDING_STATUSES } from "./result-words.ts";

/** A finding or a harm window in an older result, in which none had a `code` yet. It has only its sentence, `text`. */
interface NotCoded {
  readonly code?: undefined;
  readonly parameters?: undefined;
}

const PARAMETERS = z.looseObject({});

export const FINDING = z
  .object({
    check: TEXT,
    kind: z.enum(FINDING_KINDS),
    status: z.enum(FINDING_STATUSES),
    text: TEXT.describe("One plain sentence that says the same as the code and its parameters."),
    code: TEXT.exactOptional().describe(
      "The sentence as a code for programs; docs/checks.md lists all codes. Absent in results of older versions without codes.",
    ),
    parameters: PARAMETERS.exactOptional().describe(
      "The values in the sentence: environments (by id), times, lengths in milliseconds, counts.",
    ),
    environment: TEXT_OR_NULL.describe(
      "The id of the environment that was harmed, or that the finding is about.",
    ),
    holder: TEXT_OR_NULL.describe(
      "The id of the environment that held the connection. Null if no environment held it, or if the holder is unknown.",
    ),
    from: INSTANT_OR_NULL,
    to: INSTANT_OR_NULL,
    requestIds: listed(TEXT),
    peer: TEXT.exactOptional().describe(
      "The name of the peer. Absent if the function has at most one peer, or if the finding is about all of its peers.",
    ),
    allowed: z
      .literal(true)
      .exactOptional()
      .describe(
        "Present if the finding is only information, because kept connections are allowed (--kept-connections): it is no flaw and does not change the verdict.",
      ),
  })
  .meta({ id: "finding" });
export type FindingFacts = Omit<Recorded<typeof FINDING>, "text" | "code" | "parameters">;
export type Finding = FindingFacts & { readonly text: string } & (CodedFinding | NotCoded);

export const HARM_WINDOW = z
  .object({
    from: INSTANT.describe("The start of the first harmed invocation."),
    to: INSTANT.describe(
      "The start of the next invocation which shows that the peer is free again, or which another connection harmed. If there is none, the end of the run.",
    ),
    durationMs: z.number(),
    invocations: COUNT.describe("The failed invocations."),
    environments: z.array(TEXT).describe("The environments in which invocations failed."),
    holder: TEXT_OR_NULL.describe(
      "If the peer has several places, the idle environment that held one of them longest.",
    ),
    peer: TEXT.exactOptional().describe("The same member as in a finding."),
    code: TEXT.exactOptional().describe("The same member as in a finding."),
    parameters: PARAMETERS.exactOptional().describe("The same member as in a finding."),
    text: TEXT.describe(
      "One sentence: the holder, since when it held the peer, the phase in which it connected, how often it was invoked, which environments failed, and for how long.",
    ),
  })
  .meta({
    id: "harmWindow",
    description:
      "The time from the start of the first harmed invocation to the start of the next served one or, if there is none, to the end of the run.",
  });
export type HarmWindowFacts = Omit<Recorded<typeof HARM_WINDOW>, "text" | "code" | "parameters">;
export type HarmWindow = HarmWindowFacts & { readonly text: string } & (
    Coded<Pick<HarmFindings, "peer-held" | "places-held">> | NotCoded
  );
