/**
 * Leaves out platform lines of other functions that this function printed, such as the end of the log that Invoke returns with LogType=Tail. A
 * stream has one invocation at a time, so lines about another request between the START of an invocation and its end were printed.
 */
import { INITIALIZATION_TYPES } from "../../words/platform-words.ts";
import type { StreamEvent } from "../../logs/stream-event.ts";
import { endedRequest } from "./note-invocation-end.ts";

/** If the end of an invocation is missing, the events after its START are held until the stream ends, but not more than these. */
const HELD_MAX = 10_000;

export function* withoutPrintedLines(events: Iterable<StreamEvent>): Generator<StreamEvent> {
  let held: StreamEvent[] = [];
  let running: string | null = null;
  let oneAtATime = true;
  for (const event of events) {
    oneAtATime &&= !servesSeveral(event);
    const started = startedIn(event);
    if (running === null && (started === null || !oneAtATime)) {
      yield event;
      continue;
    }
    // Without an end, a retry of the same request begins with another START.
    if (running !== null && started === running) {
      yield* held;
      held = [];
    }
    running ??= started;
    held.push(event);
    const ended = running !== null && endedIn(event) === running;
    if (!ended && oneAtATime && held.length < HELD_MAX) continue;
    yield* ended ? ownLines(held, running ?? "") : held;
    held = [];
    running = null;
  }
  yield* held;
}

/** Environments of web functions and of Managed Instances run several invocations at a time. */
function servesSeveral({ said }: StreamEvent): boolean {
  if (said.kind !== "platform") return false;
  const { platform } = said;
  if (platform.event === "web-start") return true;
  return (
    platform.event === "init-start" &&
    platform.initializationType !== null &&
    !INITIALIZATION_TYPES.some((type) => type === platform.initializationType)
  );
}

function startedIn({ said }: StreamEvent): string | null {
  return said.kind === "platform" && said.platform.event === "start" ? said.platform.requestId : null;
}

function endedIn({ said }: StreamEvent): string | null {
  return said.kind === "platform" ? endedRequest(said.platform) : null;
}

/**
 * `events` are those from the START of the running invocation to its end. In the milliseconds of these two lines, the order of lines can be
 * lost, so lines about another request count as printed only between them.
 */
function ownLines(events: readonly StreamEvent[], running: string): readonly StreamEvent[] {
  const [from, to] = [events[0]?.timestamp ?? 0, events.at(-1)?.timestamp ?? 0];
  const others = events.filter((event) => (requestOf(event) ?? running) !== running);
  const ended = new Set(others.map(endedIn));
  const unsure = new Set(
    others.filter(({ timestamp }) => timestamp <= from || timestamp >= to).map(requestOf),
  );
  const isPrinted = (id: string | null): boolean => id !== null && ended.has(id) && !unsure.has(id);
  if (!others.some((event) => isPrinted(requestOf(event)))) return events;
  return events
    .filter((event) => !isPrinted(requestOf(event)))
    .map((event) => {
      if (event.said.kind !== "error") return event;
      // The exact line of a client can have been printed with them.
      return { ...event, said: { kind: "error", error: { ...event.said.error, readings: [] } } };
    });
}

/** The request that begins or ends with this line. */
function requestOf(event: StreamEvent): string | null {
  return startedIn(event) ?? endedIn(event);
}
