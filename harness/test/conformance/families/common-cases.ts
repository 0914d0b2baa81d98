/** Cases that every family answers alike. */
import type { FamilyCase } from "./family-case.ts";

export const ECHO: FamilyCase = {
  title: "an event is the answer",
  event: { do: "echo", text: "grüße \u{1f44b}" },
  body: { do: "echo", text: "grüße \u{1f44b}" },
};
export const NOTHING: FamilyCase = { title: "nothing is null", event: { do: "nothing" }, body: null };

/** The platform's answer if the process ends with this status. */
export function exited(status: number): object {
  return {
    errorType: "Runtime.ExitError",
    errorMessage: `RequestId: ID Error: Runtime exited with error: exit status ${status}`,
  };
}

export const CONTEXT: FamilyCase = {
  title: "the context has what the engine gave",
  event: { do: "context" },
  body: {
    id: "ID",
    arn: "ARN",
    limited: true,
    name: "probe",
    memory: 512,
  },
};
