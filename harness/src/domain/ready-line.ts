/** The first line of `longrun serve --json` and of `longrun peer --json`: where the process that was started can be reached. */
import type { IsolationKind } from "./isolation.ts";
import type { PeerReadyRecord } from "./peer-log.ts";

export interface EngineReady {
  readonly event: "ready";
  readonly endpoint: string;
  readonly isolation: IsolationKind;
}
export type PeerReady = Omit<PeerReadyRecord, "time">;

/** Null: the line says something else. */
export function parseReadyLine(line: string): EngineReady | PeerReady | null {
  let content: unknown;
  try {
    content = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof content !== "object" || content === null) return null;
  const { event, endpoint, isolation, host, port }: Readonly<Record<string, unknown>> = { ...content };
  if (event !== "ready") return null;
  if (typeof endpoint === "string")
    return { event, endpoint, isolation: isolation === "namespaces" ? "namespaces" : "none" };
  return typeof host === "string" && typeof port === "number" ? { event, host, port } : null;
}
