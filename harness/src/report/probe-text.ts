/** Shows a probe as sentences and as a small picture, for a terminal. */
import type { ProbeReport, ProbedConnection, ServerManner } from "../record/probe.ts";
import { printable } from "./text/printable.ts";
import { wrap } from "./text/wrap.ts";
import { formatLength } from "./view/format-time.ts";
import { count } from "./wording/fixed-words.ts";
import { whatWasSeen } from "./wording/manner-words.ts";

const COLUMNS_MOST = 100;
const PICTURE_LEAST = 12;

export function renderProbe(probe: ProbeReport, columns: number): string {
  const { address, connections, manner } = probe;
  const width = Math.min(columns, COLUMNS_MOST);
  const paragraph = (text: string): readonly string[] => wrap(text, { columns: width });
  const blocks = [
    paragraph(`${printable(address)} ${whatWasSeen(manner)}`),
    picture(probe, width),
    ...details(connections, manner).map(paragraph),
    paragraph(`Next: ${nextStep(address, manner)}`),
  ];
  return `${blocks.map((block) => block.join("\n")).join("\n\n")}\n`;
}

function details(connections: readonly ProbedConnection[], manner: ServerManner): readonly string[] {
  const { places, whenFull, turnsAwayAfterMs, freesAfterMs } = manner;
  const refused = places === null ? undefined : connections[places];
  const sentences: string[] = [];
  if (turnsAwayAfterMs !== null && refused !== undefined)
    sentences.push(
      `Full: client ${refused.number} was turned away ${within(turnsAwayAfterMs)} after it came (${howItEnded(refused)}).`,
    );
  if (freesAfterMs !== null) {
    const { moreThan, atMost } = freesAfterMs;
    sentences.push(
      moreThan < 1
        ? `Free again: at most ${formatLength(atMost)} after a served client closed.`
        : `Free again: between ${formatLength(moreThan)} and ${formatLength(atMost)} after a served client closed.`,
    );
  } else if (whenFull !== null && whenFull !== "ends-older")
    sentences.push(
      "Free again: not seen. The place of the client that closed was not free when the probe ended.",
    );
  return sentences;
}

function nextStep(address: string, { places, whenFull, unknown }: ServerManner): string {
  const soak = `longrun soak --code FILE --peer ${printable(address)}`;
  if (whenFull !== null && places !== null) return `${soak} --capacity ${places}`;
  if (unknown === "first-not-held" || unknown === "idle-limit")
    return "probe again when nobody uses the machine, with a --watch that is shorter than the time after which it ends silent clients.";
  if (unknown === "all-served") return "probe again with a greater --up-to.";
  return `look up how many clients it serves, and say it: ${soak} --capacity NUMBER`;
}

/** One line for each client, with the time from left to right. */
function picture({ connections, lengthMs }: ProbeReport, columns: number): readonly string[] {
  const labels = connections.map((one) => `${one.number}`);
  const left = Math.max(...labels.map(({ length }) => length)) + 4;
  const released = connections.find(({ closedMs }) => closedMs !== null)?.closedMs ?? Infinity;
  const words = connections.map((one) => outcome(one, released));
  const room = Math.max(PICTURE_LEAST, columns - left - Math.max(...words.map(({ length }) => length)) - 2);
  const at = (ms: number): number => Math.min(room - 1, Math.floor((ms / Math.max(1, lengthMs)) * room));
  return connections.map((one, index) => {
    const from = at(one.askedMs);
    const to = at(one.end?.atMs ?? one.closedMs ?? lengthMs);
    const line = [..." ".repeat(room)];
    const body = one.openedMs === null ? "┄" : "─";
    for (let column = from; column <= to; column += 1) line[column] = body;
    if (one.end !== null) line[to] = "╳";
    else if (one.closedMs !== null) line[to] = "┤";
    return `  ${(labels[index] ?? "").padStart(left - 4)}  ${line.join("")}  ${words[index] ?? ""}`;
  });
}

/** A client that was greeted only after a served one had closed has waited. */
function outcome(one: ProbedConnection, released: number): string {
  const { openedMs, askedMs, end, greeting } = one;
  if (end !== null) return `${howItEnded(one)}, ${within(end.atMs - (openedMs ?? askedMs))}`;
  if (openedMs === null) return "no answer";
  if (greeting === null) return "kept, silent";
  const greeted = `greeted (${count(greeting.bytes, "byte")})`;
  return askedMs < released && greeting.atMs >= released ? `waited, then ${greeted}` : `kept, ${greeted}`;
}

function howItEnded({ end, greeting }: ProbedConnection): string {
  if (end === null) return "not ended";
  if (end.how === "refused") return "refused";
  if (end.how === "error") return printable(end.code ?? "error");
  const how = end.how === "fin" ? "closed" : "reset";
  return greeting === null ? how : `${count(greeting.bytes, "byte")}, then ${how}`;
}

function within(lengthMs: number): string {
  return lengthMs < 1 ? "at once" : formatLength(lengthMs);
}
