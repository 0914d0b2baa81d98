/**
 * Splits the evidence of a function by its several peers. The function's own lines are read only if each line about a connection names its
 * peer (docs/contracts.md#several-peers-of-one-function).
 */
import { filtered, isEmpty } from "../base/lazy.ts";
import type { GatheredFunction, LogStream } from "../evidence/gathered-evidence.ts";
import type { LifecycleEvent } from "../logs/parse-lifecycle-line.ts";

export function evidenceOfPeers(
  one: GatheredFunction,
  names: readonly string[],
): ReadonlyMap<string, GatheredFunction> {
  const written = peersInLines(one, names);
  return new Map(
    names.map((name) => [
      name,
      {
        ...one,
        peerLog: peerLogOf(one, name),
        streams: one.streams.map((stream) => linesOf(stream, written.has(name) ? name : null)),
      },
    ]),
  );
}

function peerLogOf({ peerLog }: GatheredFunction, name: string): GatheredFunction["peerLog"] {
  const own = filtered(peerLog ?? [], ({ peer }) => peer === name);
  return isEmpty(own) ? null : own;
}

/** Empty if a line about a connection names no known peer, because it could be about any of them. */
function peersInLines({ streams }: GatheredFunction, names: readonly string[]): ReadonlySet<string> {
  const written = new Set<string>();
  for (const stream of streams)
    for (const { said } of stream.events()) {
      if (said.kind !== "lifecycle" || !isAboutConnection(said.line)) continue;
      const { peerName } = said.line;
      if (peerName === undefined || !names.includes(peerName)) return new Set();
      written.add(peerName);
    }
  return written;
}

function isAboutConnection({ event }: LifecycleEvent): boolean {
  return event === "connect" || event === "disconnect";
}

/**
 * Returns the stream without what its lifecycle lines say about the connections to other peers. All other lines stay. If `name` is null,
 * all lifecycle lines are left out.
 */
function linesOf(stream: LogStream, name: string | null): LogStream {
  return {
    logStreamName: stream.logStreamName,
    inOrder: stream.inOrder,
    *events() {
      for (const event of stream.events()) {
        if (event.said.kind !== "lifecycle") yield event;
        else if (name !== null)
          yield { ...event, said: { ...event.said, line: lineOf(event.said.line, name) } };
      }
    },
  };
}

/** Replaces a line about another peer by a connect line without an outcome. Its sequence number must stay, so that the boot has no gap. */
function lineOf(line: LifecycleEvent, name: string): LifecycleEvent {
  if (!isAboutConnection(line) || line.peerName === name) return line;
  const copy: { -readonly [Member in keyof LifecycleEvent]: LifecycleEvent[Member] } = {
    ...line,
    event: "connect",
    outcome: null,
  };
  delete copy.leaseHolder;
  return copy;
}
