/** The bundle that has only the peer takes the flags of `longrun peer`, with or without the word `peer` before them. */
import type { ExitCode } from "../words/exit-codes.ts";
import { peer } from "./commands/peer.ts";
import { commandHelp } from "./help.ts";
import type { Machine } from "./machine.ts";
import { parseArguments } from "./parse-arguments.ts";
import { presentError } from "./present-error.ts";
import { usageError } from "./usage-error.ts";

export async function peerMain(machine: Machine): Promise<ExitCode> {
  try {
    const given = machine.arguments[0] === "peer" ? machine.arguments.slice(1) : machine.arguments;
    const parsed = parseArguments(peer.settings, peer.positional, given);
    if (parsed.help) {
      machine.stdout.write(commandHelp(peer));
      return 0;
    }
    if (parsed.problems.length > 0) throw usageError("peer", parsed.problems);
    return await peer.run(machine, parsed as never);
  } catch (error) {
    return presentError(machine, error);
  }
}
