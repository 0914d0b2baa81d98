/**
 * One setting: parsing, `--help`, profile files, defaults and the manifest of a run are all made from its declaration. The flag is also the
 * key in a profile file.
 */
import type { Overrides } from "../record/judgement-settings.ts";
import type { ResolvedProfile } from "../record/manifest.ts";
import type { RunTarget } from "../words/target.ts";
import { accept, expected, type Parsed } from "./parsed.ts";

export interface TextKind<Value> {
  readonly parse: (text: string) => Parsed<Value>;
}

/** A kind whose values are also kept in a run's manifest. */
export interface ValueKind<Value> extends TextKind<Value> {
  /** Checks the value, because somebody may have changed the manifest. */
  readonly read: (json: unknown) => Parsed<Value>;
  /** If absent, the value itself is written. */
  write?(value: Value): unknown;
}

export interface DefaultFacts {
  readonly target: RunTarget;
  /** The region in the environment variables. Null if they name no region. */
  readonly awsRegion: string | null;
}

export const LOCAL_FACTS: DefaultFacts = { target: "local", awsRegion: null };

/**
 * The default of a setting that is not repeatable: a text as a user would write it, or one such text for each target, or a function `of`. The
 * function returns the value, or null if the code that uses the setting decides the value. For a default with `of`, the help shows `shown`.
 */
export type DefaultRule =
  | null
  | string
  | { readonly local: string; readonly aws: string | null }
  | { readonly shown: string; readonly of: (facts: DefaultFacts) => unknown };

export interface Setting<
  Flag extends string = string,
  Kind extends TextKind<unknown> = TextKind<unknown>,
  Repeatable extends boolean = boolean,
  Default extends DefaultRule = DefaultRule,
> extends Traits {
  readonly flag: Flag;
  /** The placeholder in the help, such as `NAME`. Null if the flag is a switch. */
  readonly takes: string | null;
  readonly help: string;
  readonly default: Default;
  readonly value: Kind;
  readonly repeatable: Repeatable;
  /** If false, the setting is only used to compute others. */
  readonly kept: boolean;
}

interface Traits {
  /** A soak on AWS refuses the setting, because such a soak does not change functions. */
  readonly localOnly: boolean;
  readonly inProfile: boolean;
  /** A resumed run takes the setting from the flags beside `--resume`, not from its manifest. */
  readonly withResume: boolean;
  /** A profile file may give the value as YAML of any shape, which is converted to JSON. */
  readonly takesJson: boolean;
  /** The value can contain a password, so messages do not show it (shown-value.ts). */
  readonly mayBeSecret: boolean;
  /** `judge`: only the judgement, which reads the value from the record of the run. A test finds a setting that is not read. */
  readonly usedBy: "run" | "judge" | "both";
  /** The setting of the judgement that this setting gives. Null if the judgement does not use it. */
  readonly judges: keyof Overrides | null;
  /** The manifest has the value only in its `profile`, under this name. Null: under the judgement's name, or not in the profile. */
  readonly recordedAs: keyof ResolvedProfile | null;
}

interface SettingWords<Kind, Default> extends Partial<Traits> {
  readonly takes: string;
  readonly help: string;
  readonly default?: Default;
  readonly value: Kind;
}

const USUAL: Traits = {
  localOnly: false,
  inProfile: true,
  withResume: false,
  takesJson: false,
  mayBeSecret: false,
  usedBy: "run",
  judges: null,
  recordedAs: null,
};

export function setting<
  Flag extends string,
  Kind extends TextKind<unknown>,
  const Default extends DefaultRule = null,
>(flag: Flag, words: SettingWords<Kind, Default>): Setting<Flag, Kind, false, Default> {
  const rule = (words.default ?? null) as Default;
  return { ...USUAL, ...words, flag, default: rule, repeatable: false, kept: true };
}

/** Declares a flag that may be repeated. Its value is a list. */
export function repeated<Flag extends string, Kind extends TextKind<unknown>>(
  flag: Flag,
  words: Omit<SettingWords<Kind, null>, "default">,
): Setting<Flag, Kind, true, null> {
  return { ...USUAL, ...words, flag, default: null, repeatable: true, kept: true };
}

const YES_OR_NO: ValueKind<boolean> = {
  parse: (text) =>
    text === "true" ? accept(true) : text === "false" ? accept(false) : expected("true or false"),
  read: (json) => (typeof json === "boolean" ? accept(json) : expected("true or false")),
};

/** Declares a switch, which is off by default. A profile file writes it as `true` or `false`. */
export function toggle<Flag extends string>(
  flag: Flag,
  help: string,
  traits: Partial<Traits> = {},
): Setting<Flag, ValueKind<boolean>, false, "false"> {
  return {
    ...USUAL,
    ...traits,
    flag,
    takes: null,
    help,
    default: "false",
    value: YES_OR_NO,
    repeatable: false,
    kept: true,
  };
}

/** Declares a flag that is not itself one of the final values. */
export function flagOnly<One extends Setting>(one: One): One & { readonly kept: false } {
  return { ...one, kept: false };
}

/** Declares that the judgement uses the setting (record/judgement-settings.ts), and whether the run uses it too. */
export function judging<Of extends keyof Overrides, One extends Setting>(
  judges: Of,
  usedBy: "judge" | "both",
  one: One,
): One & { readonly judges: Of } {
  return { ...one, judges, usedBy };
}

export function recorded<As extends keyof ResolvedProfile, One extends Setting>(
  recordedAs: As,
  one: One,
): One & { readonly recordedAs: As } {
  return { ...one, recordedAs };
}

/** A final value that follows from other settings. It is kept in the manifest. */
export interface Derived<Value = unknown, Others = never> {
  readonly flag: null;
  readonly value: Omit<ValueKind<Value>, "parse">;
  /** Computes the value for a manifest of an older version that lacks it. Null if every manifest must have it. */
  readonly whenAbsent: ((others: Others) => Value) | null;
}
