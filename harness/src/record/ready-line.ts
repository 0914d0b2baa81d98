/** The first line of `longrun serve --json` and of `longrun peer --json`. */
import type { IsolationKind } from "../words/isolation.ts";
import type { PeerReadyRecord } from "./peer-log.ts";
import { parseJsonObject } from "../base/json-object.ts";

interface EngineReady {
  readonly event: "ready";
  readonly endpoint: string;
  readonly isolation: IsolationKind;
}
type PeerReady = Omit<PeerReadyRecord, "time">;

/** Returns null if the line is not a ready line. */
export function parseReadyLine(line: string): EngineReady | PeerReady | null {
  const { event, endpoint, isolation, host, port } = parseJsonObject(line) ?? {};
  if (event !== "ready") return null;
  if (typeof endpoint === "string")
    return { event, endpoint, isolation: isolation === "namespaces" ? "namespaces" : "none" };
  return typeof host === "string" && typeof port === "number" ? { event, host, port } : null;
}
