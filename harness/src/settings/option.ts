/**
 * One setting as a flag and as a key of a profile file: its name, what it takes, and how its text becomes a value
 * or a sentence that says what was expected. Tables of these give parsing, help and "did you mean" alike.
 */
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  /** `expected` completes "expected …". */
  | { readonly ok: false; readonly expected: string };

export const accept = <Value>(value: Value): Parsed<Value> => ({ ok: true, value });
export const expected = (what: string): { readonly ok: false; readonly expected: string } => ({
  ok: false,
  expected: what,
});

export interface OptionSpec<Value> {
  /** Null: a switch that takes no value. */
  readonly placeholder: string | null;
  readonly description: string;
  /** As the help shows it; the value itself is given where the settings are resolved. */
  readonly default: string | null;
  readonly repeatable: boolean;
  readonly parse: (text: string) => Parsed<Value>;
}

export interface RepeatableOption<Value> extends OptionSpec<Value> {
  readonly repeatable: true;
}
export interface SingleOption<Value> extends OptionSpec<Value> {
  readonly repeatable: false;
}

/** Keyed by the flag's name without its dashes. */
export type OptionTable = Readonly<Record<string, RepeatableOption<unknown> | SingleOption<unknown>>>;

/** What a table's options give when some of them were set. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]?: Table[Name] extends RepeatableOption<infer Value>
    ? readonly Value[]
    : Table[Name] extends SingleOption<infer Value>
      ? Value
      : never;
};

/** One mistake, where it stands and what was expected instead. */
export interface Problem {
  readonly where: string;
  readonly text: string;
}

interface OptionWords {
  readonly placeholder: string;
  readonly description: string;
  readonly default?: string;
}

export function single<Value>(
  words: OptionWords,
  parse: (text: string) => Parsed<Value>,
): SingleOption<Value> {
  return {
    placeholder: words.placeholder,
    description: words.description,
    default: words.default ?? null,
    repeatable: false,
    parse,
  };
}

export function repeatable<Value>(
  words: OptionWords,
  parse: (text: string) => Parsed<Value>,
): RepeatableOption<Value> {
  return {
    placeholder: words.placeholder,
    description: words.description,
    default: words.default ?? null,
    repeatable: true,
    parse,
  };
}

/** A switch; a profile file writes it as `true` or `false`. */
export function toggle(description: string): SingleOption<boolean> {
  return {
    placeholder: null,
    description,
    default: null,
    repeatable: false,
    parse: (text) =>
      text === "true" ? accept(true) : text === "false" ? accept(false) : expected("true or false"),
  };
}
