/** Parses arguments by a command's table of settings, and lists every mistake in them. */
import { parseArgs } from "node:util";
import { closestName } from "../settings/closest-name.ts";
import type { Problem } from "../settings/problem.ts";
import { settingsByFlag, type FlagValues, type SettingTable } from "../settings/setting-table.ts";
import type { Setting } from "../settings/setting.ts";
import { shownValue } from "../settings/shown-value.ts";
import type { PositionalSpec } from "./command.ts";

interface ParsedArguments<Table extends SettingTable> {
  readonly help: boolean;
  readonly values: FlagValues<Table>;
  readonly positionals: readonly string[];
  readonly problems: readonly Problem[];
}

type NamedSettings = ReadonlyMap<string, Setting>;

interface Collected {
  help: boolean;
  readonly showValues: boolean;
  readonly values: Record<string, unknown>;
  positionals: string[];
  /** Arguments that follow a mistyped flag and may be its value. */
  readonly strays: string[];
  readonly problems: Problem[];
}

export function parseArguments<Table extends SettingTable>(
  table: Table,
  positional: PositionalSpec | null,
  argumentList: readonly string[],
): ParsedArguments<Table> {
  const settings = settingsByFlag(table);
  const collected: Collected = {
    help: false,
    showValues: settings.has("show-values") && argumentList.includes("--show-values"),
    values: {},
    positionals: [],
    strays: [],
    problems: [],
  };
  const { readable, withoutValue } = setAsideFlagsWithoutValue(settings, argumentList);
  for (const flag of withoutValue) {
    collected.problems.push({
      where: `--${flag}`,
      text: `expected a value: --${flag} ${settings.get(flag)?.takes ?? "VALUE"}`,
    });
  }
  const types: Record<string, { readonly type: "boolean" | "string"; readonly short?: string }> = {
    help: { type: "boolean", short: "h" },
  };
  for (const [flag, { takes }] of settings) types[flag] = { type: takes === null ? "boolean" : "string" };
  const { tokens } = parseArgs({
    args: [...readable],
    options: types,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  for (const [index, token] of tokens.entries()) {
    if (token.kind === "option") takeOption(settings, collected, token);
    const before = tokens[index - 1];
    if (
      token.kind === "positional" &&
      positional === null &&
      isSecret(settings, before) &&
      !collected.showValues
    ) {
      // In `--env TEXT=two words` without quotes, `words` is a part of the value.
      const text = "expected a flag; a value with spaces needs quotes";
      collected.problems.push({ where: `the word after --${before.name}`, text });
      continue;
    }
    // In `--durtion 90s`, `90s` is not reported as a second mistake.
    const stray = positional?.repeatable !== true && isUnknownFlag(settings, before);
    if (token.kind === "positional") (stray ? collected.strays : collected.positionals).push(token.value);
  }
  checkPositionals(positional, collected);
  const { help, values, positionals, problems } = collected;
  return { help, values: values as FlagValues<Table>, positionals, problems };
}

/** In `--duration --interval 1s`, `parseArgs` would take `--interval` for the duration. */
function setAsideFlagsWithoutValue(
  settings: NamedSettings,
  argumentList: readonly string[],
): { readonly readable: readonly string[]; readonly withoutValue: readonly string[] } {
  const readable: string[] = [];
  const withoutValue: string[] = [];
  for (let index = 0; index < argumentList.length; index += 1) {
    const text = argumentList[index] ?? "";
    const next = argumentList[index + 1];
    if (text === "--") return { readable: [...readable, ...argumentList.slice(index)], withoutValue };
    if (!takesValue(settings, text)) readable.push(text);
    else if (next === undefined || next.startsWith("--")) withoutValue.push(text.slice(2));
    else {
      readable.push(text, next);
      index += 1;
    }
  }
  return { readable, withoutValue };
}

function takesValue(settings: NamedSettings, text: string): boolean {
  const flag = text.startsWith("--") ? text.slice(2) : "";
  return (settings.get(flag)?.takes ?? null) !== null;
}

function isUnknownFlag(
  settings: NamedSettings,
  token: { readonly kind: string; readonly name?: string } | undefined,
): boolean {
  return token?.kind === "option" && token.name !== "help" && !settings.has(token.name ?? "");
}

/** Whether the token is a flag whose value can be a secret. */
function isSecret<Token extends { readonly kind: string; readonly name?: string }>(
  settings: NamedSettings,
  token: Token | undefined,
): token is Token & { readonly name: string } {
  return token?.kind === "option" && settings.get(token.name ?? "")?.mayBeSecret === true;
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function takeOption(settings: NamedSettings, collected: Collected, token: OptionToken): void {
  const { name, rawName } = token;
  if (name === "help") {
    collected.help = true;
    return;
  }
  const setting = settings.get(name);
  if (setting === undefined) {
    const text = "there is no such flag";
    const closest = closestName(name, [...settings.keys(), "help"]);
    const meant = `--${closest}`;
    collected.problems.push(
      closest === null
        ? { where: rawName, text, unknownFlag: name }
        : { where: rawName, text: `${text}; did you mean ${meant}?`, meant },
    );
    return;
  }
  const given = token.value === undefined ? null : shownValue(setting, token.value, collected.showValues);
  const where = given === null ? rawName : `${rawName} ${given}`;
  if (setting.takes === null && token.value !== undefined) {
    collected.problems.push({ where: `${rawName}=${token.value}`, text: `${rawName} takes no value` });
    return;
  }
  if (!setting.repeatable && name in collected.values) {
    collected.problems.push({ where, text: "given more than once; this flag may be given once" });
    return;
  }
  const parsed = setting.value.parse(setting.takes === null ? "true" : (token.value ?? ""));
  if (!parsed.ok) {
    collected.problems.push({ where, text: `expected ${parsed.expected}` });
    // Although its value is wrong, the flag counts as used: a second use is a repetition.
    if (!setting.repeatable) collected.values[name] = undefined;
    return;
  }
  if (setting.repeatable)
    collected.values[name] = [...((collected.values[name] as unknown[] | undefined) ?? []), parsed.value];
  else collected.values[name] = parsed.value;
}

function checkPositionals(positional: PositionalSpec | null, collected: Collected): void {
  const { strays, problems } = collected;
  if (positional !== null && collected.positionals.length === 0) collected.positionals = strays;
  const { positionals } = collected;
  if (positional === null) {
    for (const text of positionals)
      problems.push({ where: text, text: "expected a flag; this command takes no other arguments" });
    return;
  }
  if (positional.required && positionals.length === 0) {
    problems.push({ where: positional.placeholder, text: `expected ${positional.description}` });
  }
  if (!positional.repeatable) {
    for (const text of positionals.slice(1))
      problems.push({ where: text, text: `expected one ${positional.placeholder} only` });
  }
}
