/**
 * Entry of `longrun serve`, which has a bundle without the other commands. The code that commands share is cut into some fifty files, and
 * Node needs about a millisecond for each; this bundle has four (docs/benchmarks.md).
 */
import { serve } from "../src/cli/commands/serve.ts";
import { nodeMachine } from "../src/cli/node-machine.ts";
import { runCommand } from "../src/cli/run-command.ts";

const machine = nodeMachine();
process.exitCode = await runCommand(
  machine,
  serve,
  machine.arguments.slice(1),
  // This file has every other command, so the build leaves it in the bundle of those (scripts/build.ts).
  () => import("../src/cli/flag-elsewhere.ts"),
);
