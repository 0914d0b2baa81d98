/** The arguments of every command: parsed into values, or a list of mistakes. A case has one argument on each line. */
import { parseArguments } from "../../src/cli/parse-arguments.ts";
import { usageError } from "../../src/cli/usage-error.ts";
import { resolveSoak } from "../../src/cli/soak/resolve-soak.ts";
import type { AnyCommand } from "../../src/cli/command.ts";
import { fuzz } from "./support/fuzz.ts";
import { textOf } from "./support/fuzz-case.ts";
import { namesProblem } from "./support/names-problem.ts";

const NAMES = [
  "analyze",
  "budget",
  "doctor",
  "explore",
  "peer",
  "redact",
  "replay",
  "report",
  "scan",
  "serve",
  "soak",
];

async function commandNamed(name: string): Promise<AnyCommand> {
  const loaded = (await import(`../../src/cli/commands/${name}.ts`)) as Readonly<Record<string, AnyCommand>>;
  const found = loaded[name];
  if (found === undefined) throw new Error(`there is no command ${name}`);
  return found;
}

const COMMANDS = await Promise.all(NAMES.map(commandNamed));

/** Values for every kind of flag. */
const VALUES = [
  ...["90s", "1.5h", "7", "refuse", "a=b", "HOST:PORT", "db:5432", "[::1]:1", "true", "nodejs22.x", "host"],
  ...["PEER_HOST:PEER_PORT=a:1", "a=DB", "harm.total <= 0", "a=pass", "statusCode = 200", '{"a":1}', "24h"],
  ...[
    "arn:aws:lambda:eu-central-1:123456789012:function:x:live",
    "a=unknown",
    "2026-11-25T01:02:03Z",
    "local",
  ],
];

/** Three samples for each command. Each sample has every flag, and a flag has another value in each of the three samples. */
const SAMPLES = COMMANDS.flatMap(({ name, settings }) => {
  const flags = Object.values(settings).flatMap((one) => (one.flag === null ? [] : [one]));
  return [0, 1, 2].map((turn) =>
    [
      name,
      ...flags.flatMap(({ flag, takes }, index) =>
        takes === null ? [`--${flag}`] : [`--${flag}`, VALUES[(index * 3 + turn) % VALUES.length] ?? ""],
      ),
      "runs/one",
    ].join("\n"),
  );
});

fuzz("settings", {
  samples: SAMPLES,
  start: () => ({
    check(input) {
      const text = textOf(input);
      const [name = "", ...given] = text.split("\n");
      const command = COMMANDS.find((one) => one.name === name) ?? COMMANDS[0];
      if (command === undefined) return;
      const { values, problems } = parseArguments(command.settings, command.positional, given);
      if (problems.length > 0) namesProblem(usageError(command.name, problems).message, text);
      if (command.name !== "soak") return;
      const resolved = resolveSoak(values, {}, null);
      for (const one of resolved.problems) namesProblem(`${one.where}: ${one.text}`, text);
    },
  }),
});
