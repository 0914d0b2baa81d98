/**
 * Collects the errors of a request and reports all of them with AWS's messages in one ValidationException. Pure; callers give the limits.
 */
import { LambdaError } from "./lambda-error.ts";

export interface TextLimits {
  readonly min?: number;
  readonly max?: number;
  /** The pattern as the API model writes it; it must match the complete text. */
  readonly pattern?: string;
}

const compiled = new Map<string, RegExp>();

function whole(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const expression = new RegExp(`^(?:${pattern})$`, "s");
  compiled.set(pattern, expression);
  return expression;
}

export class Constraints {
  readonly #problems: string[] = [];

  text(member: string, value: string | undefined, limits: TextLimits): void {
    if (value === undefined) return;
    if (limits.max !== undefined && value.length > limits.max) {
      this.#fails(member, value, `Member must have length less than or equal to ${limits.max}`);
    }
    if (limits.min !== undefined && value.length < limits.min) {
      this.#fails(member, value, `Member must have length greater than or equal to ${limits.min}`);
    }
    if (limits.pattern !== undefined && !whole(limits.pattern).test(value)) {
      this.#fails(member, value, `Member must satisfy regular expression pattern: ${limits.pattern}`);
    }
  }

  integer(
    member: string,
    value: number | undefined,
    limits: { readonly min: number; readonly max?: number },
  ): void {
    if (value === undefined) return;
    if (value < limits.min)
      this.#fails(member, value, `Member must have value greater than or equal to ${limits.min}`);
    if (limits.max !== undefined && value > limits.max)
      this.#fails(member, value, `Member must have value less than or equal to ${limits.max}`);
  }

  oneOf(member: string, value: string | undefined, allowed: readonly string[]): void {
    if (value === undefined || allowed.includes(value)) return;
    this.#fails(member, value, `Member must satisfy enum value set: [${allowed.join(", ")}]`);
  }

  /** Checks that every member of a list is in a set. */
  eachOneOf(member: string, values: readonly string[] | undefined, allowed: readonly string[]): void {
    if (values === undefined || values.every((value) => allowed.includes(value))) return;
    this.#fails(member, shownList(values), `Member must satisfy enum value set: [${allowed.join(", ")}]`);
  }

  /** Reports a list that has a member which breaks a rule. AWS's message shows the list and all rules for its members. */
  members(member: string, values: readonly string[] | undefined, rules: readonly string[]): void {
    this.#fails(member, shownList(values ?? []), `Member must satisfy constraint: [${rules.join(", ")}]`);
  }

  /** Checks the keys of a map. AWS names the rule and not the key (from answers quoted in public issues; no recording). */
  keys(member: string, map: Readonly<Record<string, unknown>> | undefined | null, pattern: string): void {
    if (Object.keys(map ?? {}).every((key) => whole(pattern).test(key))) return;
    this.#problems.push(
      `Value at '${member}' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: ${pattern}]`,
    );
  }

  size(
    member: string,
    value: readonly unknown[] | undefined,
    limits: { readonly min: number; readonly max: number },
  ): void {
    if (value === undefined) return;
    const shown = shownList(value);
    if (value.length > limits.max)
      this.#fails(member, shown, `Member must have length less than or equal to ${limits.max}`);
    if (value.length < limits.min)
      this.#fails(member, shown, `Member must have length greater than or equal to ${limits.min}`);
  }

  required(member: string, value: unknown): void {
    if (value === undefined)
      this.#problems.push(`Value null at '${member}' failed to satisfy constraint: Member must not be null`);
  }

  /** Returns all errors found so far as one text, or null. */
  problem(): string | null {
    if (this.#problems.length === 0) return null;
    return `${this.#problems.length} validation error${this.#problems.length === 1 ? "" : "s"} detected: ${this.#problems.join("; ")}`;
  }

  /** Throws Lambda's error with all errors found so far. */
  check(): void {
    const problem = this.problem();
    if (problem !== null) throw new LambdaError("ValidationException", problem);
  }

  #fails(member: string, value: string | number, constraint: string): void {
    // A very long value is not sent back in full.
    const text = String(value);
    const shown = text.length > 1_024 ? `${text.slice(0, 1_024)}...` : text;
    this.#problems.push(`Value '${shown}' at '${member}' failed to satisfy constraint: ${constraint}`);
  }
}

function shownList(values: readonly unknown[]): string {
  return `[${values.join(", ")}]`;
}
