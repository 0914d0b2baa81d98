/**
 * Draws the environments of a function as a text diagram: one column per environment, one row per event, time from top to bottom. It is shown in
 * terminals, in failure messages of tests and in documents. (The picture in the HTML report is made by report/picture.) Pure.
 */
import type { Listed } from "../../base/listed.ts";
import type { EnvironmentResult, InvocationResult } from "../../result/environment-result.ts";
import type { FunctionResult } from "../../result/function-result.ts";
import { wasServed } from "../view/was-served.ts";
import { tenantWords } from "../wording/naming.ts";
import { printable } from "./printable.ts";

const LANE_WIDTH = 22;
const TIME_WIDTH = 9;
const PEER_TITLE = "peer held by";

interface LaneEvent {
  readonly at: number;
  /** The order of events at the same instant. */
  readonly rank: number;
  readonly lane: number;
  readonly text: string;
  readonly effect: "begins" | "ends" | "takes" | "frees" | null;
}

/** Returns the diagram, at most `columns` wide. As many of the newest environments as fit are drawn. Of the older ones, only the number is shown. */
export function swimLane(
  result: Pick<FunctionResult, "environments" | "invocationList">,
  columns: number,
): string {
  const room = Math.max(1, Math.floor((columns - TIME_WIDTH - PEER_TITLE.length) / LANE_WIDTH));
  const all = [...result.environments].sort((one, other) => begin(one) - begin(other));
  const left = Math.max(0, all.length - room);
  const drawn = all.slice(left);
  const events = drawn
    .flatMap((environment, lane) => eventsOf(environment, lane, result.invocationList))
    .sort((one, other) => (one.at === other.at ? one.rank - other.rank : one.at - other.at));
  const first = events[0]?.at ?? 0;
  const alive = new Set<number>();
  const holding = new Set<number>();
  const lines = [
    row(
      "",
      drawn.map((_, lane) => `environment ${left + lane + 1}`),
      PEER_TITLE,
    ),
  ];
  for (const event of events) {
    if (event.effect === "begins") alive.add(event.lane);
    if (event.effect === "takes") holding.add(event.lane);
    if (event.effect === "frees") holding.delete(event.lane);
    const cells = drawn.map((_, lane) => (lane === event.lane ? event.text : alive.has(lane) ? "│" : ""));
    if (event.effect === "ends") alive.delete(event.lane);
    lines.push(
      row(
        `${Math.round(event.at - first)} ms`,
        cells,
        [...holding].map((lane) => String(left + lane + 1)).join(", "),
      ),
    );
  }
  if (left > 0)
    lines.push(`(${left} earlier ${left === 1 ? "environment is" : "environments are"} not shown)`);
  drawn.forEach(({ logStream, tenantId }, lane) => {
    const serves = tenantId === undefined ? "" : `, ${printable(tenantWords(tenantId))}`;
    lines.push(`environment ${left + lane + 1}: ${printable(logStream)}${serves}`);
  });
  return lines.map((line) => line.trimEnd()).join("\n");
}

function row(time: string, cells: readonly string[], peer: string): string {
  return `${time.padStart(TIME_WIDTH - 2)}  ${cells.map((cell) => cell.padEnd(LANE_WIDTH)).join("")}${peer}`;
}

function begin(environment: EnvironmentResult): number {
  return instant(environment.initStart) ?? instant(environment.firstInvoke) ?? Infinity;
}

function eventsOf(
  environment: EnvironmentResult,
  lane: number,
  invocations: Listed<InvocationResult>,
): LaneEvent[] {
  const events: LaneEvent[] = [];
  const add = (time: string | null, rank: number, text: string, effect: LaneEvent["effect"] = null): void => {
    const at = instant(time);
    if (at !== null) events.push({ at, rank, lane, text, effect });
  };
  add(environment.initStart, 0, "┌ Init", "begins");
  if (environment.initStatus !== null && environment.initStatus !== "success")
    add(environment.initEnd, 1, `✗ Init: ${environment.initStatus}`);
  else add(environment.initEnd, 1, "│ Init ends");
  for (const { from, to, outcome, ending, openedIn } of environment.connections) {
    if (wasServed({ outcome })) {
      add(
        from,
        3,
        `● connects ${openedIn === "after-init" ? "after init" : `in ${openedIn ?? "?"}`}`,
        "takes",
      );
      // If `ending` is `silence`, the environment had ended silently, and `to` is the time at which the peer ended the connection.
      const closes =
        ending === "silence" ? "○ closed by the peer" : `○ closes${ending === "rst" ? " (RST)" : ""}`;
      add(to, 4, outcome === "accepted" ? closes : `✗ ${outcome}`, "frees");
    } else add(from, 3, `✗ ${outcome ?? "outcome unknown"}`);
  }
  for (const invocation of invocations.filter((one) => one.environment === environment.id)) {
    add(invocation.from, 2, "▶ invoked");
    add(invocation.to, 5, ended(invocation));
  }
  add(environment.end, 6, environment.ending === "vanished" ? "└ vanishes" : "└ ends", "ends");
  return events;
}

function ended(invocation: InvocationResult): string {
  const { harmed, outcome } = invocation;
  if (harmed) return "✗ HARMED";
  if (outcome === "unknown") return "? outcome unknown";
  return outcome === "succeeded" ? "✓ served" : `✗ ${outcome}`;
}

function instant(time: string | null): number | null {
  if (time === null) return null;
  const value = Date.parse(time);
  return Number.isNaN(value) ? null : value;
}
