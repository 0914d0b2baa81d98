#!/usr/bin/env node
/**
 * Entry of the command. Some answers, such as the help, were made at build time (cli/fixed-answers.ts). Only for other arguments it loads
 * the command line, and for `serve` only that command.
 */
declare const LONGRUN_ANSWERS: string | undefined;

const given = typeof LONGRUN_ANSWERS === "undefined" ? "[]" : LONGRUN_ANSWERS;
const answers = new Map(JSON.parse(given) as readonly (readonly [argument: string, answer: string])[]);
// `longrun help COMMAND` needs the table of that command.
const answer =
  process.argv[2] === "help" && process.argv.length > 3 ? undefined : answers.get(process.argv[2] ?? "");
if (answer !== undefined) {
  // No error is reported if the reader closes the pipe, as in `longrun --help | head -1`.
  process.stdout.on("error", () => undefined).write(answer);
} else if (process.argv[2] === "serve") {
  await import("./serve.ts");
} else {
  const [{ main }, { nodeMachine }] = await Promise.all([
    import("../src/cli/main.ts"),
    import("../src/cli/node-machine.ts"),
  ]);
  process.exitCode = await main(nodeMachine());
}

export {};
