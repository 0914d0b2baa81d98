/**
 * One setting, declared once: its flag (which is also its key in a profile file), what the flag takes, its line of help, its default,
 * and how its value is read. Parsing, `--help`, profile files, defaults and the manifest of a run are all made from these declarations.
 */
import type { RunTarget } from "../domain/target.ts";
import { accept, expected, type Parsed } from "./parsed.ts";

/** How the text of a flag becomes a value. */
export interface TextKind<Value> {
  readonly parse: (text: string) => Parsed<Value>;
}

/** A kind whose values are also kept in a run's manifest, from which a resumed run reads them. */
export interface ValueKind<Value> extends TextKind<Value> {
  /** Checks the value in a manifest, because somebody may have changed the file. */
  readonly read: (json: unknown) => Parsed<Value>;
  /** Converts the value for the manifest; if absent, the value itself is written. */
  write?(value: Value): unknown;
}

/** What a default may depend on. */
export interface DefaultFacts {
  readonly target: RunTarget;
  /** The region in the environment variables; null if there is none. */
  readonly awsRegion: string | null;
}

/** The facts of a local run, which does not depend on environment variables. */
export const LOCAL_FACTS: DefaultFacts = { target: "local", awsRegion: null };

/**
 * The default of a setting that is not repeatable. Null if there is no default. A text, or one text for each target, is the default as a user would
 * write it. `of` returns the default value, or null if the code that uses the setting decides. With `of`, the help shows `shown`.
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
  /** The placeholder for the flag's value in the help, such as `NAME`. Null if the flag is a switch. */
  readonly takes: string | null;
  readonly help: string;
  readonly default: Default;
  readonly value: Kind;
  readonly repeatable: Repeatable;
  /** Whether the setting is one of the final values. If false, it is only used to compute other settings. */
  readonly kept: boolean;
}

interface Traits {
  /** Whether a soak on AWS refuses the setting, because such a soak does not change functions. */
  readonly localOnly: boolean;
  /** Whether a profile file may contain the setting. */
  readonly inProfile: boolean;
  /** Whether a resumed run takes the setting from the flags beside `--resume`. All other settings are read from the manifest of the run. */
  readonly withResume: boolean;
  /** Whether a profile file may give the value as YAML of any shape, which is converted to JSON. */
  readonly takesJson: boolean;
}

interface Words<Kind, Default> extends Partial<Traits> {
  readonly takes: string;
  readonly help: string;
  readonly default?: Default;
  readonly value: Kind;
}

const USUAL: Traits = { localOnly: false, inProfile: true, withResume: false, takesJson: false };

export function setting<
  Flag extends string,
  Kind extends TextKind<unknown>,
  const Default extends DefaultRule = null,
>(flag: Flag, words: Words<Kind, Default>): Setting<Flag, Kind, false, Default> {
  const rule = (words.default ?? null) as Default;
  return { ...USUAL, ...words, flag, default: rule, repeatable: false, kept: true };
}

/** Declares a flag that may be repeated. Its value is a list. */
export function repeated<Flag extends string, Kind extends TextKind<unknown>>(
  flag: Flag,
  words: Omit<Words<Kind, null>, "default">,
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

/** Declares a flag of a soak that is not itself one of the final values. */
export function flagOnly<One extends Setting>(one: One): One & { readonly kept: false } {
  return { ...one, kept: false };
}

/** A final value without a flag. It follows from other settings and is kept in the manifest. */
export interface Derived<Value = unknown, Others = never> {
  readonly flag: null;
  readonly value: Omit<ValueKind<Value>, "parse">;
  /**
   * Computes the value from the other settings, for a manifest that an older version wrote without it. Null if every manifest must have the value.
   */
  readonly whenAbsent: ((others: Others) => Value) | null;
}
