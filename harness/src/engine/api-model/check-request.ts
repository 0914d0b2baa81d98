/** Checks a request against the API model, and describes its mistakes. Pure. */
import { isJsonObject, type JsonObject } from "../../base/json-object.ts";
import { type ModelMember, type Service, type ModelShape, inputOf, shapeOf } from "./request-model.ts";
import { type Correction, CORRECTIONS } from "./corrections.ts";
import { Constraints, type TextLimits, decimal, shownValue } from "../request-validation/constraints.ts";
import { wrongType } from "../request-validation/request-members.ts";

/** The members of a request by the model's names, from its path, query, headers and body. */
export type SentMembers = JsonObject;

export interface Mistakes {
  /** `type`: a member has a wrong type; AWS reports this before all other mistakes. `limits`: all other mistakes. */
  readonly kind: "type" | "limits";
  /** For `limits`, AWS's text about all mistakes. For `type`, a text about the first mistake. */
  readonly text: string;
}

export function mistakesOf(service: Service, operation: string, sent: SentMembers): Mistakes | null {
  const input = inputOf(service, operation);
  if (input === null) return null;
  const check = new RequestCheck(service, operation);
  check.structure(input, sent, "", "");
  if (check.mistyped !== null) return { kind: "type", text: check.mistyped };
  const text = check.constraints.problem();
  return text === null ? null : { kind: "limits", text };
}

const TYPES: Readonly<Record<string, readonly [is: (value: unknown) => boolean, name: string]>> = {
  string: [(value) => typeof value === "string", "a string"],
  blob: [(value) => typeof value === "string", "a string"],
  boolean: [(value) => typeof value === "boolean", "a boolean"],
  integer: [(value) => Number.isSafeInteger(value), "an integer"],
  long: [(value) => Number.isSafeInteger(value), "an integer"],
  double: [(value) => typeof value === "number", "a number"],
  list: [(value) => Array.isArray(value), "a list"],
  map: [isJsonObject, "a map"],
  structure: [isJsonObject, "an object"],
};

interface CheckedMember {
  readonly name: string;
  readonly shownName: string;
  readonly member: ModelMember;
  readonly correction: Correction | undefined;
  readonly required: boolean;
}

/** The members of each structure in the order of the check. */
const checkedMembers = new Map<string, readonly CheckedMember[]>();

class RequestCheck {
  readonly constraints = new Constraints();
  mistyped: string | null = null;
  readonly #service: Service;
  readonly #operation: string;

  constructor(service: Service, operation: string) {
    this.#service = service;
    this.#operation = operation;
  }

  /** `path` names the structure as the model does (`Code.`), `shown` as AWS's messages do (`code.`). */
  structure(shape: ModelShape, sent: SentMembers, path: string, shown: string): void {
    for (const { name, shownName, member, correction, required } of this.#members(shape, path)) {
      const value = Object.hasOwn(sent, name) ? (sent[name] ?? undefined) : undefined;
      if (required) this.constraints.required(shown + shownName, value);
      if (value !== undefined) this.#value(member, value, path + name, shown + shownName, correction);
    }
  }

  #members(shape: ModelShape, path: string): readonly CheckedMember[] {
    const key = `${this.#service} ${this.#operation} ${path}`;
    let found = checkedMembers.get(key);
    if (found === undefined) {
      const all = Object.entries(shape.members ?? {}).map(([name, member]): CheckedMember => {
        const correction = this.#correction(path + name);
        return {
          name,
          shownName: name.charAt(0).toLowerCase() + name.slice(1),
          member,
          correction,
          required: shape.required?.includes(name) === true && correction !== "optional",
        };
      });
      const checked = all.filter(({ correction }) => correction !== "unchecked");
      const last = ({ correction }: CheckedMember): boolean => correction === "reported last";
      found = [...checked.filter((one) => !last(one)), ...checked.filter(last)];
      checkedMembers.set(key, found);
    }
    return found;
  }

  #correction(path: string): Correction | undefined {
    return CORRECTIONS.get(`${this.#operation}.${path}`) ?? CORRECTIONS.get(path);
  }

  #value(
    member: ModelMember,
    value: unknown,
    path: string,
    shownPath: string,
    correction: Correction | undefined,
  ): void {
    const shape = shapeOf(this.#service, member);
    const [is, expected] = TYPES[shape.type] ?? [() => true, ""];
    // NaN comes from a path or a query that has text instead of a number. The operation itself refuses it, with another message.
    if (!is(value) && !Number.isNaN(value))
      this.mistyped ??= wrongType(`'${path.slice(path.lastIndexOf(".") + 1)}'`, expected, value);
    else if (shape.type === "string" && typeof value === "string") {
      this.constraints.text(shownPath, value, limitsOf(shape, correction), {
        shown: correction !== "value not shown",
      });
      if (shape.enum?.includes(value) === false)
        this.constraints.oneOf(shownPath, value, enumerationOf(correction) ?? shape.enum);
    } else if (typeof value === "number") {
      this.constraints.number(shownPath, value, shape);
    } else if (shape.type === "list" && Array.isArray(value)) {
      this.#list(shape, value, path, shownPath);
    } else if (shape.type === "map" && isJsonObject(value)) {
      this.#map(shape, value, path, shownPath);
    } else if (shape.type === "structure" && isJsonObject(value)) {
      this.structure(shape, value, `${path}.`, `${shownPath}.`);
    }
  }

  #list(shape: ModelShape, values: readonly unknown[], path: string, shownPath: string): void {
    if (shape.member === undefined) return;
    const item = shapeOf(this.#service, shape.member);
    const name = shape.member.shape;
    this.constraints.size(shownPath, values, shape, (value) =>
      shownStructure(this.#service, name, item, value),
    );
    if (item.type === "structure") {
      for (const [index, value] of values.entries())
        if (isJsonObject(value)) this.structure(item, value, `${path}.`, `${shownPath}.${index + 1}.member.`);
      return;
    }
    const texts = values.filter((value) => typeof value === "string");
    if (texts.every((text) => satisfies(text, item))) return;
    const rules = rulesOf(item);
    const correction = this.#correction(path);
    const enumeration = enumerationOf(correction);
    if (enumeration !== null) this.constraints.eachOneOf(shownPath, texts, enumeration);
    else
      this.constraints.members(
        shownPath,
        texts,
        correction === "members may be null" ? rules : [...rules, "Member must not be null"],
      );
  }

  #map(shape: ModelShape, map: SentMembers, path: string, shownPath: string): void {
    if (shape.key === undefined || shape.value === undefined) return;
    const [key, item] = [shapeOf(this.#service, shape.key), shapeOf(this.#service, shape.value)];
    const secret = this.#correction(path) === "value not shown";
    const shown = secret ? null : map;
    if (!Object.keys(map).every((text) => satisfies(text, key)))
      this.constraints.map(shownPath, shown, "keys", rulesOf(key));
    if (!Object.values(map).every((value) => satisfies(value, item)))
      this.constraints.map(shownPath, shown, "value", [
        ...rulesOf(item),
        ...(secret ? [] : ["Member must not be null"]),
      ]);
  }
}

function enumerationOf(correction: Correction | undefined): readonly string[] | null {
  return typeof correction === "object" && "enumeration" in correction ? correction.enumeration : null;
}

function limitsOf(shape: ModelShape, correction: Correction | undefined): TextLimits {
  if (typeof correction === "object" && "pattern" in correction)
    return { ...shape, pattern: correction.pattern };
  if (correction !== "pattern unchecked") return shape;
  const { min, max } = shape;
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

function satisfies(value: unknown, shape: ModelShape): boolean {
  const constraints = new Constraints();
  if (typeof value === "string") {
    constraints.text("", value, shape);
    if (shape.enum !== undefined) constraints.oneOf("", value, shape.enum);
  }
  if (typeof value === "number") constraints.number("", value, shape);
  return constraints.problem() === null;
}

/** All rules for the members of a list or a map, in the order of AWS's message. */
function rulesOf({ type, min, max, pattern, enum: allowed }: ModelShape): readonly string[] {
  const what = type === "string" ? "length" : "value";
  const shown = (limit: number): string => (type === "double" ? decimal(limit) : String(limit));
  return [
    ...(max === undefined ? [] : [`Member must have ${what} less than or equal to ${shown(max)}`]),
    ...(min === undefined ? [] : [`Member must have ${what} greater than or equal to ${shown(min)}`]),
    ...(pattern === undefined ? [] : [`Member must satisfy regular expression pattern: ${pattern}`]),
    ...(allowed === undefined ? [] : [`Member must satisfy enum value set: [${allowed.join(", ")}]`]),
  ];
}

/**
 * Shows a structure with all members that the model has, the maps last, as recorded from AWS for MetricTransformation. Returns null if the
 * value is no structure.
 */
function shownStructure(service: Service, name: string, shape: ModelShape, value: unknown): string | null {
  if (shape.type !== "structure" || !isJsonObject(value)) return null;
  const members = Object.entries(shape.members ?? {}).map(([key, member]) => ({
    key,
    map: shapeOf(service, member).type === "map",
  }));
  const shown = [...members.filter(({ map }) => !map), ...members.filter(({ map }) => map)].map(
    ({ key }) => `${key}=${shownValue(value[key] ?? null)}`,
  );
  return `${name}(${shown.join(", ")})`;
}
