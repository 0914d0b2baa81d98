/**
 * What a runtime client may ask of the Runtime API, and when (docs/aws/runtime-api.md): pure, every call is refused until a state allows
 * it. Names are those which AWS prints in the refusal.
 */
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
