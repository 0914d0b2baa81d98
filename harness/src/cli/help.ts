/** The help is made from the tables that parsing uses, so they cannot differ. */
import { EXIT } from "../words/exit-codes.ts";
import { settingsByFlag, shownDefault } from "../settings/setting-table.ts";
import type { AnyCommand } from "./command.ts";
import { wrapWords } from "../report/text/wrap-words.ts";

const COLUMNS = 80;
const FLAG_COLUMN = 30;

export function overviewHelp(
  commands: readonly { readonly name: string; readonly summary: string }[],
  version: string,
): string {
  const rows = commands.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`);
  return lines(
    `longrun ${version}`,
    "",
    ...wrapWords(
      "Shows how execution environments that are initialised but never invoked block a peer that accepts one TCP connection, and proves the fix.",
      COLUMNS,
    ),
    "",
    "Usage: longrun COMMAND [flags]",
    "",
    ...rows,
    "",
    "  longrun COMMAND --help   flags and examples of a command",
    "  longrun --version        the version",
    "",
    "Example:",
    "  longrun soak --function handler-connect --platform typical --duration 60s",
    "",
    "Exit codes:",
    ...EXIT_TEXTS.map(([code, text]) => `  ${String(code).padStart(3)}  ${text}`),
  );
}

const EXIT_TEXTS: readonly (readonly [number, string])[] = [
  [EXIT.pass, "pass, or done"],
  [EXIT.fail, "fail, or an expectation was not met"],
  [EXIT.inconclusive, "inconclusive: the evidence does not decide"],
  [EXIT.usage, "a flag, file or value is wrong"],
  [EXIT.unavailable, "something needed is not available"],
  [EXIT.bug, "a bug in longrun"],
  [EXIT.interrupted, "interrupted; a partial report was still written"],
];

export function commandHelp(command: AnyCommand): string {
  const positional = command.positional;
  const shown = positional === null ? "" : ` ${positional.placeholder}${positional.repeatable ? "…" : ""}`;
  return lines(
    `Usage: longrun ${command.name}${shown} [flags]`,
    "",
    ...command.description.split("\n\n").flatMap((paragraph) => [...wrapWords(paragraph, COLUMNS), ""]),
    ...(positional === null ? [] : [...entry(positional.placeholder, positional.description), ""]),
    "Flags:",
    ...[...settingsByFlag(command.settings).values()].flatMap((setting) => {
      const { flag, takes, help, repeatable } = setting;
      const repeat = repeatable ? " May be repeated." : "";
      const standard = shownDefault(setting);
      return entry(
        `--${flag}${takes === null ? "" : ` ${takes}`}`,
        `${help}${repeat}${standard === null ? "" : ` Default: ${standard}.`}`,
      );
    }),
    ...entry("--help", "This text."),
    "",
    "Examples:",
    ...command.examples.flatMap((example) => [
      "",
      ...indented(wrapWords(`# ${example.does}`, COLUMNS - 2), 2),
      ...example.command.split("\n").map((line) => `  ${line}`),
    ]),
  );
}

function lines(...text: readonly string[]): string {
  return `${text.join("\n")}\n`;
}

function entry(flag: string, description: string): readonly string[] {
  const text = indented(wrapWords(description, COLUMNS - FLAG_COLUMN), FLAG_COLUMN);
  const left = `  ${flag}`;
  if (left.length + 2 > FLAG_COLUMN) return [left, ...text];
  return [left.padEnd(FLAG_COLUMN) + (text[0]?.trimStart() ?? ""), ...text.slice(1)];
}

function indented(text: readonly string[], columns: number): readonly string[] {
  return text.map((line) => " ".repeat(columns) + line);
}
