/** Reads the variables that make passes on, and collects the mistakes in them. An empty variable counts as not given. */
import type { Parsed } from "../../harness/src/settings/parsed.ts";
import type { EnvironmentVariables } from "../../harness/src/base/environment-variables.ts";

export class MakeVariables {
  readonly problems: string[] = [];
  readonly #variables: EnvironmentVariables;

  constructor(variables: EnvironmentVariables) {
    this.#variables = variables;
  }

  given(name: string): string | null {
    const text = this.#variables[name] ?? "";
    return text === "" ? null : text;
  }

  /** Null if the variable was not given or is wrong. */
  read<Value>(name: string, parse: (text: string) => Parsed<Value>): Value | null {
    const text = this.given(name);
    return text === null ? null : this.#parsed(name, text, parse);
  }

  /** Reads a list of words, separated by commas or spaces. */
  list(name: string, parse: (text: string) => Parsed<string>): readonly string[] {
    const words = (this.given(name) ?? "").split(/[\s,]+/).filter((word) => word !== "");
    for (const word of words) this.#parsed(name, word, parse);
    return words;
  }

  #parsed<Value>(name: string, text: string, parse: (text: string) => Parsed<Value>): Value | null {
    const parsed = parse(text);
    if (parsed.ok) return parsed.value;
    this.problems.push(`${name} must be ${parsed.expected}. Given: ${JSON.stringify(text)}.`);
    return null;
  }
}
