/**
 * Returns the evidence of a function about one of its several peers. The link log says which peer each connection reached. The function's
 * own lines do not say it, so they are left out, and the function is judged as if it wrote no lines. Pure.
 */
import type { GatheredFunction, LogStream } from "../evidence/gathered-evidence.ts";

export function evidenceOfPeer(one: GatheredFunction, peer: string): GatheredFunction {
  return {
    ...one,
    linkLog: one.linkLog === null ? null : one.linkLog.filter((record) => record.peer === peer),
    streams: one.streams.map(withoutOwnLines),
  };
}

function withoutOwnLines(stream: LogStream): LogStream {
  return {
    logStreamName: stream.logStreamName,
    inOrder: stream.inOrder,
    *events() {
      for (const event of stream.events()) if (event.said.kind !== "lifecycle") yield event;
    },
  };
}
