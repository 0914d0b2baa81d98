/** Collects the errors of a request and reports all of them with AWS's messages in one ValidationException. */
import { LambdaError } from "./lambda-error.ts";

export interface Limits {
  readonly min?: number;
  readonly max?: number;
}

export interface TextLimits extends Limits {
  /** The pattern as the API model writes it; it must match the complete text. */
  readonly pattern?: string;
}

const compiled = new Map<string, RegExp>();

function whole(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  // eslint-disable-next-line no-restricted-syntax -- The patterns of AWS's API model; harness/test/growth/patterns.test.ts checks them.
  const expression = new RegExp(`^(?:${pattern})$`, "su");
  compiled.set(pattern, expression);
  return expression;
}

export class Constraints {
  readonly #problems: string[] = [];

  /** If `shown` is false, the messages do not repeat the value. */
  text(
    member: string,
    value: string | undefined,
    limits: TextLimits,
    { shown = true }: { readonly shown?: boolean } = {},
  ): void {
    if (value === undefined) return;
    const repeated = shown ? value : null;
    if (limits.max !== undefined && value.length > limits.max) {
      this.#fails(member, repeated, `Member must have length less than or equal to ${limits.max}`);
    }
    if (limits.min !== undefined && value.length < limits.min) {
      this.#fails(member, repeated, `Member must have length greater than or equal to ${limits.min}`);
    }
    if (limits.pattern !== undefined && !whole(limits.pattern).test(value)) {
      this.#fails(member, repeated, `Member must satisfy regular expression pattern: ${limits.pattern}`);
    }
  }

  number(member: string, value: number | undefined, { min, max }: Limits): void {
    if (value === undefined) return;
    if (min !== undefined && value < min)
      this.#fails(member, value, `Member must have value greater than or equal to ${min}`);
    if (max !== undefined && value > max)
      this.#fails(member, value, `Member must have value less than or equal to ${max}`);
  }

  oneOf(member: string, value: string | undefined, allowed: readonly string[]): void {
    if (value === undefined || allowed.includes(value)) return;
    this.#fails(member, value, `Member must satisfy enum value set: [${allowed.join(", ")}]`);
  }

  /** Reports the list: the caller has found an item that is not one of the `allowed` values. */
  eachOneOf(member: string, values: readonly string[], allowed: readonly string[]): void {
    this.#fails(member, shownList(values), `Member must satisfy enum value set: [${allowed.join(", ")}]`);
  }

  /** Reports the list: the caller has found an item that breaks a rule. AWS's message shows the list and all rules for its items. */
  members(member: string, values: readonly string[] | undefined, rules: readonly string[]): void {
    this.#fails(member, shownList(values ?? []), `Member must satisfy constraint: [${rules.join(", ")}]`);
  }

  /**
   * `map` is null if AWS's message does not show it. The messages are taken from answers that public issues quote; they were not recorded
   * from AWS.
   */
  map(
    member: string,
    map: Readonly<Record<string, unknown>> | null,
    part: "keys" | "value",
    rules: readonly string[],
  ): void {
    const shown = map === null ? null : shownMap(map);
    this.#fails(member, shown, `Map ${part} must satisfy constraint: [${rules.join(", ")}]`);
  }

  /** `shownItem` returns the text of a structure, and null for every other item. */
  size(
    member: string,
    value: readonly unknown[] | undefined,
    { min, max }: Limits,
    shownItem: (item: unknown) => string | null,
  ): void {
    if (value === undefined) return;
    const fits = (max === undefined || value.length <= max) && (min === undefined || value.length >= min);
    if (fits) return;
    const shown = `[${value.map((item) => shownItem(item) ?? shownValue(item)).join(", ")}]`;
    if (max !== undefined && value.length > max)
      this.#fails(member, shown, `Member must have length less than or equal to ${max}`);
    if (min !== undefined && value.length < min)
      this.#fails(member, shown, `Member must have length greater than or equal to ${min}`);
  }

  required(member: string, value: unknown): void {
    if (value === undefined)
      this.#problems.push(`Value null at '${member}' failed to satisfy constraint: Member must not be null`);
  }

  problem(): string | null {
    if (this.#problems.length === 0) return null;
    return `${this.#problems.length} validation error${this.#problems.length === 1 ? "" : "s"} detected: ${this.#problems.join("; ")}`;
  }

  check(): void {
    const problem = this.problem();
    if (problem !== null) throw new LambdaError("ValidationException", problem);
  }

  /** `value` is null if the message must not repeat it. */
  #fails(member: string, value: string | number | null, constraint: string): void {
    const shown = value === null ? "" : ` '${shortened(String(value))}'`;
    this.#problems.push(`Value${shown} at '${member}' failed to satisfy constraint: ${constraint}`);
  }
}

/** A very long value must not be sent back in full. */
function shortened(text: string): string {
  return text.length > 2_048 ? `${text.slice(0, 2_048)}...` : text;
}

function shownList(values: readonly unknown[]): string {
  return `[${values.map(shownValue).join(", ")}]`;
}

function shownMap(map: Readonly<Record<string, unknown>>): string {
  return `{${Object.entries(map)
    .map(([key, value]) => `${key}=${typeof value === "number" ? decimal(value) : shownValue(value)}`)
    .join(", ")}}`;
}

/** Returns a value as AWS's messages show it: lists in brackets, maps in braces. */
export function shownValue(value: unknown): string {
  if (Array.isArray(value)) return shownList(value);
  return typeof value === "object" && value !== null
    ? shownMap(value as Readonly<Record<string, unknown>>)
    : String(value);
}

/** Returns the text of a number of the type double: `2.0`. */
export function decimal(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
