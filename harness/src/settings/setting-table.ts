/** The settings of one command, by the names that the program and the manifest use. */
import { invariant } from "../base/invariant.ts";
import type { DefaultFacts, DefaultRule, Derived, Setting, TextKind, ValueKind } from "./setting.ts";

export type SettingTable = Readonly<Record<string, Setting | Derived>>;

export type KeptTable = Readonly<
  Record<string, Setting<string, ValueKind<unknown>> | (Setting & { readonly kept: false }) | Derived>
>;

type ValueOf<Kind> = Kind extends TextKind<infer Value> ? Value : never;

export type FlagValues<Table extends SettingTable> = {
  readonly [
    Name in keyof Table as Table[Name] extends { readonly flag: infer Flag extends string } ? Flag : never
  ]?: Table[Name] extends Setting<string, infer Kind, infer Repeatable>
    ? Repeatable extends true
      ? readonly ValueOf<Kind>[]
      : ValueOf<Kind>
    : never;
};

type WithDefault<Value, Default> = Default extends string
  ? Value
  : Default extends { readonly aws: infer OnAws }
    ? null extends OnAws
      ? Value | null
      : Value
    : Default extends { readonly of: (facts: never) => infer Found }
      ? Value | Found
      : Value | null;

export type SettledValue<One> =
  One extends Setting<string, infer Kind, infer Repeatable, infer Default>
    ? Repeatable extends true
      ? readonly ValueOf<Kind>[]
      : WithDefault<ValueOf<Kind>, Default>
    : One extends Pick<Derived<infer Value>, "value">
      ? Value
      : never;

/** The given values, and the defaults of the other settings. */
export type SettingValues<Table extends SettingTable> = {
  readonly [Name in keyof Table as Table[Name] extends { readonly kept: false } ? never : Name]: SettledValue<
    Table[Name]
  >;
};

/** The final values without the derived ones. */
export type OwnSettingValues<Table extends SettingTable> = {
  readonly [
    Name in keyof SettingValues<Table> as Name extends keyof Table
      ? Table[Name] extends { readonly flag: string }
        ? Name
        : never
      : never
  ]: SettingValues<Table>[Name];
};

/** Returns the settings that have a flag, in the order of the table. */
export function settingsByFlag(table: SettingTable): ReadonlyMap<string, Setting> {
  return new Map(Object.values(table).flatMap((one) => (one.flag === null ? [] : [[one.flag, one]])));
}

export function withDefaults<Table extends SettingTable>(
  table: Table,
  given: FlagValues<Table>,
  facts: DefaultFacts,
): OwnSettingValues<Table> {
  const byFlag: Readonly<Record<string, unknown>> = given;
  const settled: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(table))
    if (one.flag !== null && one.kept) settled[name] = byFlag[one.flag] ?? defaultValue(one, facts);
  return settled as OwnSettingValues<Table>;
}

export function defaultValue<One extends Setting>(one: One, facts: DefaultFacts): SettledValue<One> {
  return defaultOf(one, facts) as SettledValue<One>;
}

function defaultOf({ flag, repeatable, default: rule, value }: Setting, facts: DefaultFacts): unknown {
  if (repeatable) return [];
  if (rule === null) return null;
  if (typeof rule !== "string" && "of" in rule) return rule.of(facts);
  const text = typeof rule === "string" ? rule : rule[facts.target];
  if (text === null) return null;
  const parsed = value.parse(text);
  invariant(parsed.ok, `the default of --${flag} is a value that the flag takes`);
  return parsed.value;
}

/** Returns the default as the help shows it. Null if there is no default or if the setting is a switch. */
export function shownDefault({ takes, default: rule }: Setting): string | null {
  if (rule === null || takes === null) return null;
  return shownRule(rule);
}

function shownRule(rule: Exclude<DefaultRule, null>): string {
  if (typeof rule === "string") return rule;
  if ("shown" in rule) return rule.shown;
  return rule.aws === null ? rule.local : `${rule.local}, ${rule.aws} on AWS`;
}
