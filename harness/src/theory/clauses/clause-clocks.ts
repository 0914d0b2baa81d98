/** The earlier moments that a clause still asks about in a state. All other moments are forgotten, so that states become equal. */
import { saysNothing } from "../facts/sighting.ts";
import type { Situation } from "../states/situation.ts";
import { bitOf, type ConnectionInState } from "../states/state.ts";

export const clockOf = {
  /** It asked. */
  asked: (connection: number): string => `asked${connection}`,
  /** The server could look at it. */
  ready: (connection: number): string => `ready${connection}`,
  /** It got its place. */
  placed: (connection: number): string => `placed${connection}`,
  /** It had a place, and the server was told that its client had gone. */
  told: (connection: number): string => `told${connection}`,
  /** The server was done with it. */
  shut: (connection: number): string => `shut${connection}`,
  /** There was a place for the first in the queue. */
  room: "room",
} as const;

export const has = (c: ConnectionInState, event: Parameters<typeof bitOf>[0]): boolean =>
  (c.happened & bitOf(event)) !== 0;

/** Whether the server turned this client away with words. */
export const isToldNo = ({ hypothesis }: Situation, c: ConnectionInState): boolean =>
  hypothesis.server.manner.full === "says-no" && has(c, "turnedAway");

/** Whether somebody would have seen the server's first byte, and it has not come. */
export const awaitsByte = ({ hypothesis }: Situation, connection: number, c: ConnectionInState): boolean =>
  !has(c, "firstByte") && !saysNothing(hypothesis.facts.connections[connection]!.firstByte);

/** The same for the server's end of the connection. */
export const awaitsClose = ({ hypothesis }: Situation, connection: number, c: ConnectionInState): boolean =>
  !has(c, "serverClosed") && !saysNothing(hypothesis.facts.connections[connection]!.serverClosed);

/**
 * Whether the end of the client changes nothing any more: the server is done with it, nothing of the server is still to come, nothing shows
 * when the client ended, and it could end as early as its process can.
 */
export const endsUnnoticed = (situation: Situation, connection: number, c: ConnectionInState): boolean => {
  const { connections, processes } = situation.hypothesis.facts;
  const { asked, ended, firstByte } = connections[connection]!;
  const earliest = Math.max(asked.from, processes[c.owner]?.ended.from ?? Infinity);
  const isFree = !ended.seen && ended.from <= earliest && ended.to === Infinity;
  // A server that is done with a client sends nothing more, except the words with which it turned it away.
  const byte = (firstByte.seen || isToldNo(situation, c)) && awaitsByte(situation, connection, c);
  return c.stage === "shut" && isFree && !byte && !awaitsClose(situation, connection, c);
};

export const headHasRoom = (situation: Situation): boolean => {
  const [head] = situation.state.queue;
  return head !== undefined && situation.hasRoom(situation.hypothesis.facts.connections[head]!.scopes);
};

export function clocksOf(situation: Situation): string[] {
  const { manner } = situation.hypothesis.server;
  const clocks: string[] = headHasRoom(situation) ? [clockOf.room] : [];
  situation.state.connections.forEach((c, connection) => {
    const hasOrSeeks = c.stage === "line" || c.stage === "queue" || c.stage === "held";
    if (manner.endsClients && hasOrSeeks && c.client !== "ended") clocks.push(clockOf.asked(connection));
    if (c.stage === "line" && situation.state.line.includes(connection))
      clocks.push(clockOf.ready(connection));
    if (c.stage === "held" && c.client === "ended") clocks.push(clockOf.told(connection));
    const byte = awaitsByte(situation, connection, c);
    if (c.stage === "held" && c.client === "live" && manner.greets && byte)
      clocks.push(clockOf.placed(connection));
    const pending = awaitsClose(situation, connection, c) || (isToldNo(situation, c) && byte);
    if (c.stage === "shut" && c.client === "live" && pending) clocks.push(clockOf.shut(connection));
  });
  return clocks;
}
