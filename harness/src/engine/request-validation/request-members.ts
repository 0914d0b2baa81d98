/** Reads the members of a JSON request body with their types. An absent or null member is read as undefined. */
import { isJsonObject, type JsonObject } from "../../base/json-object.ts";
import { invalidContent, type LambdaError } from "./lambda-error.ts";

export class RequestMembers {
  readonly #members: JsonObject;
  readonly #refuse: (message: string) => Error;

  /** `refuse` creates the error for a member of the wrong type. By default it is the Lambda API's error. */
  constructor(value: unknown, refuse: (message: string) => Error = wrongTypeError) {
    if (!isJsonObject(value)) throw refuse(wrongType("the request", "an object", value));
    this.#members = value;
    this.#refuse = refuse;
  }

  /** Returns a text that the API model requires. A request without it was already refused (`api-model/check-request.ts`). */
  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw this.#refuse(`'${name}' must not be null`);
    return value;
  }

  text(name: string): string | undefined {
    return this.#read(name, "a string", isText);
  }

  integer(name: string): number | undefined {
    return this.#read(name, "an integer", (value): value is number => Number.isSafeInteger(value));
  }

  number(name: string): number | undefined {
    return this.#read(name, "a number", isNumber);
  }

  boolean(name: string): boolean | undefined {
    return this.#read(name, "a boolean", (value): value is boolean => typeof value === "boolean");
  }

  object(name: string): RequestMembers | undefined {
    const value = this.#read(name, "an object", isJsonObject);
    return value === undefined ? undefined : new RequestMembers(value, this.#refuse);
  }

  texts(name: string): readonly string[] | undefined {
    const isList = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
    return this.#read(name, "a list of strings", isList);
  }

  objects(name: string): readonly RequestMembers[] | undefined {
    const values = this.#read(name, "a list of objects", (value): value is unknown[] => Array.isArray(value));
    return values?.map((value) => new RequestMembers(value, this.#refuse));
  }

  textMap(name: string): Readonly<Record<string, string>> | undefined {
    return this.#read(name, "a map of strings", isMapOf(isText));
  }

  numberMap(name: string): Readonly<Record<string, number>> | undefined {
    return this.#read(name, "a map of numbers", isMapOf(isNumber));
  }

  /** True if the member was sent and is not null, not an empty list and not an empty object. */
  hasContent(name: string): boolean {
    const value = Object.hasOwn(this.#members, name) ? this.#members[name] : undefined;
    return (
      value !== undefined && value !== null && (typeof value !== "object" || Object.keys(value).length > 0)
    );
  }

  #read<T>(name: string, expected: string, is: (value: unknown) => value is T): T | undefined {
    const value = Object.hasOwn(this.#members, name) ? this.#members[name] : undefined;
    if (value === undefined || value === null) return undefined;
    if (!is(value)) throw this.#refuse(wrongType(`'${name}'`, expected, value));
    return value;
  }
}

const isText = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number => typeof value === "number";

function isMapOf<T>(is: (value: unknown) => value is T) {
  return (value: unknown): value is Record<string, T> =>
    isJsonObject(value) && Object.values(value).every(is);
}

export function wrongType(what: string, expected: string, value: unknown): string {
  const found = Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
  return `${what} must be ${expected}, found ${found}`;
}

export function wrongTypeError(message: string): LambdaError {
  return invalidContent(`Could not parse request body into json: ${message}`);
}
