/** The cases with the same answer in every family. */
import type { FamilyCase } from "./family-case.ts";

export const ECHO: FamilyCase = {
  title: "the answer is the event",
  event: { do: "echo", text: "grüße \u{1f44b}" },
  body: { do: "echo", text: "grüße \u{1f44b}" },
};
export const NOTHING: FamilyCase = { title: "an empty answer is null", event: { do: "nothing" }, body: null };

/** Returns the platform's answer if the process ends with this status. */
export function exited(status: number): object {
  return {
    errorType: "Runtime.ExitError",
    errorMessage: `RequestId: ID Error: Runtime exited with error: exit status ${status}`,
  };
}

export const CONTEXT: FamilyCase = {
  title: "the context has the values that the engine gave",
  event: { do: "context" },
  body: {
    id: "ID",
    arn: "ARN",
    limited: true,
    name: "probe",
    memory: 512,
  },
};
