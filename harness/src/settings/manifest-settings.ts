/** Writes the final values into a run's manifest, and reads them back. Somebody may have changed the file, so each value is checked. */
import { accept, readList, type Parsed } from "./parsed.ts";
import { shown } from "../base/json-object.ts";
import { IN_PROFILE, type JudgedProfile } from "../record/judged-profile.ts";
import type { ResolvedProfile } from "../record/manifest.ts";
import type { Problem } from "./problem.ts";
import {
  defaultValue,
  type FlagValues,
  type KeptTable,
  type SettingValues,
  type SettledValue,
} from "./setting-table.ts";
import type { DefaultFacts, Derived, Setting, ValueKind } from "./setting.ts";

export function writeSettings<Table extends KeptTable>(
  table: Table,
  settings: SettingValues<Table>,
): Readonly<Record<string, unknown>> {
  const values: Readonly<Record<string, unknown>> = settings;
  const written: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(table)) {
    if (one.flag !== null && !one.kept) continue;
    const write = (value: unknown): unknown =>
      value === null || one.value.write === undefined ? value : one.value.write(value);
    const value = values[name];
    written[name] =
      one.flag !== null && one.repeatable && Array.isArray(value) ? value.map(write) : write(value);
  }
  return written;
}

/** The name in the `profile` of a manifest: a name of its own, or that of the setting of the judgement. */
type NameInProfile<One> = One extends { readonly recordedAs: infer As extends string }
  ? As
  : One extends { readonly judges: infer Of extends keyof JudgedProfile }
    ? Of
    : never;

/** The values that the manifest has only in its `profile`. */
export function profileValues<Table extends KeptTable>(
  table: Table,
  settings: SettingValues<Table>,
): { readonly [Name in keyof Table as NameInProfile<Table[Name]>]: SettledValue<Table[Name]> } {
  const values: Readonly<Record<string, unknown>> = settings;
  const written = [...namesInProfile(table)].map(([name, member]) => [member, values[name]]);
  return Object.fromEntries(written) as ReturnType<typeof profileValues<Table>>;
}

/** The names of these settings in the `profile` of a manifest. */
export function namesInProfile(table: KeptTable): ReadonlyMap<string, keyof ResolvedProfile> {
  return new Map(
    Object.entries(table).flatMap(([name, one]) => {
      if (one.flag === null) return [];
      const { judges, recordedAs } = one;
      const member = recordedAs ?? IN_PROFILE.find((known) => known === judges);
      return member === undefined ? [] : [[name, member] as const];
    }),
  );
}

type ReadSettings<Table extends KeptTable> =
  | { readonly ok: true; readonly settings: SettingValues<Table> }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * `given` has the flags that were given together with `--resume`. A setting with `withResume` has the value of its flag, else its default,
 * and is not read from the manifest. If another setting is missing in the manifest, it was added in a later version, and gets its default.
 */
export function readSettings<Table extends KeptTable>(
  table: Table,
  members: Readonly<Record<string, unknown>>,
  given: FlagValues<Table>,
  facts: DefaultFacts,
): ReadSettings<Table> {
  const flags: Readonly<Record<string, unknown>> = given;
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  const take = (name: string, read: Parsed<unknown>): void => {
    if (read.ok) values[name] = read.value;
    else
      problems.push({
        where: `settings.${name}`,
        text: `expected ${read.expected}, found ${shown(members[name])}`,
      });
  };
  for (const [name, one] of Object.entries(table)) {
    if (one.flag === null || !one.kept) continue;
    if (one.withResume) values[name] = flags[one.flag] ?? defaultValue(one, facts);
    else take(name, readSetting(one, members[name], facts));
  }
  for (const [name, one] of Object.entries(table))
    if (one.flag === null) take(name, readDerived(one, members[name], values, problems.length === 0));
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, settings: values as SettingValues<Table> };
}

function readSetting(
  one: Setting<string, ValueKind<unknown>>,
  json: unknown,
  facts: DefaultFacts,
): Parsed<unknown> {
  if (json === undefined) return accept(defaultValue(one, facts));
  if (one.repeatable) return readList(json, one.value.read);
  return json === null && defaultValue(one, facts) === null ? accept(null) : one.value.read(json);
}

/** A value that is missing in the manifest is computed from the other settings, if all of them could be read. */
function readDerived(
  { value, whenAbsent }: Derived,
  json: unknown,
  others: Readonly<Record<string, unknown>>,
  othersRead: boolean,
): Parsed<unknown> {
  if (json !== undefined || whenAbsent === null) return value.read(json);
  return accept(othersRead ? whenAbsent(others as never) : null);
}
