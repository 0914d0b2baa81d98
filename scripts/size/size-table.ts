/** Sums the tokens of files by room, and shows the sums beside those of another state of the repository. */
import { countTokens } from "./count-tokens.ts";
import type { SourceText } from "./read-tree.ts";

/** The folders of harness/src are rooms of their own. Elsewhere the first two folders are a room. */
export function roomOf(path: string): string {
  const folders = path.split("/").slice(0, -1);
  return folders.slice(0, path.startsWith("harness/src/") ? 3 : 2).join("/");
}

export function tokensByRoom(files: readonly SourceText[]): ReadonlyMap<string, number> {
  const rooms = new Map<string, number>();
  for (const { path, text } of files) {
    const room = roomOf(path);
    rooms.set(room, (rooms.get(room) ?? 0) + countTokens(text));
  }
  return rooms;
}

type Rooms = ReadonlyMap<string, number>;

/** `before` is null if there is nothing to compare with. A room that is in only one of the two has a dash in the other column. */
export function sizeTable(now: Rooms, before: Rooms | null): string {
  const rooms = [...new Set([...now.keys(), ...(before?.keys() ?? [])])].sort();
  const sum = (of: Rooms, within: string): number =>
    [...of].reduce((total, [room, tokens]) => (room.startsWith(within) ? total + tokens : total), 0);
  const rows = [
    ...rooms.map((room) => rowOf(room, now.get(room), before?.get(room))),
    rowOf(
      "harness/src in all",
      sum(now, "harness/src/"),
      before === null ? undefined : sum(before, "harness/src/"),
    ),
    rowOf("in all", sum(now, ""), before === null ? undefined : sum(before, "")),
  ];
  const head = before === null ? ["room", "tokens"] : ["room", "before", "now", "change"];
  const lines = [head, ...rows.map((row) => (before === null ? [row[0], row[2]] : row))];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  "),
    )
    .map((line) => `${line}\n`)
    .join("");
}

function rowOf(
  room: string,
  now: number | undefined,
  before: number | undefined,
): readonly [string, string, string, string] {
  const figure = (tokens: number | undefined): string => tokens?.toLocaleString("en") ?? "–";
  const change =
    now === undefined || before === undefined || before === 0
      ? "–"
      : `${now > before ? "+" : now < before ? "−" : ""}${Math.abs((100 * (now - before)) / before).toFixed(1)} %`;
  return [room, figure(before), figure(now), change];
}
