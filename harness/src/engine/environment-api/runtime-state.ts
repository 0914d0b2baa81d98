/** The states of a runtime client and the allowed moves between them (docs/aws/runtime-api.md). AWS prints the same names in a refusal. */
export type RuntimeState =
  | "Started"
  | "InitError"
  | "Ready"
  | "Running"
  | "InvocationResponse"
  | "InvocationErrorResponse"
  | "RuntimeResponseSentState";

const ALLOWED: Readonly<Record<RuntimeState, readonly RuntimeState[]>> = {
  Started: ["Ready", "InitError"],
  InitError: [],
  Ready: ["Running"],
  Running: ["InvocationResponse", "InvocationErrorResponse"],
  InvocationResponse: ["RuntimeResponseSentState"],
  InvocationErrorResponse: ["RuntimeResponseSentState"],
  RuntimeResponseSentState: ["Ready"],
};

export function allowsRuntimeMove(from: RuntimeState, to: RuntimeState): boolean {
  return ALLOWED[from].includes(to);
}

export function refusalText(from: RuntimeState, to: RuntimeState): string {
  return `State transition from ${from} to ${to} failed for runtime. Error: State transition is not allowed`;
}
