/**
 * Declares the members of the files of the run directory, of the result and of the comparison. From one declaration come the type (`Recorded`),
 * the reader's check (read-as.ts), the sentence about a wrong value (member-problems.ts), what a redacted copy has in the member's place
 * (redact/rule-of.ts), the tables of docs/run-format.md, and the published JSON Schemas (json-schema.ts).
 */
import { z } from "zod";
import type { Listed } from "../../base/listed.ts";

/** What a redacted copy has in the place of a text or a time. For each class, redact/text-rules.ts says how. */
export const VALUE_CLASSES = {
  time: "kept",
  instant: "kept",
  region: "kept",
  version: "kept",
  release: "kept",
  machine: "kept",
  runtime: "kept",
  program: "kept",
  threshold: "kept",
  protocol: "kept",
  systemCode: "kept if it is a system's code, else replaced",
  serverCode: "kept if it is a known server's code, else replaced",
  eventId: "kept if it is CloudWatch's, else replaced",
  errorType: "kept if it is the platform's or a language's, else replaced",
  qualifier: "kept if it is a number or $LATEST, else replaced",
  message: "written as a new line",
  text: "replaced",
  label: "replaced",
  functionName: "replaced",
  id: "replaced",
  stream: "replaced",
  group: "replaced",
  client: "replaced",
  peer: "replaced",
  tenant: "replaced",
  host: "replaced",
  address: "replaced",
  session: "replaced",
} as const;
export type ValueClass = keyof typeof VALUE_CLASSES;

/**
 * `kept`: a number, true or false, a word of longrun's or of Lambda's, or an object whose members have their own classes. A text that a run's
 * file keeps is one of a closed list.
 */
export type Redaction = ValueClass | "kept" | "dropped";

interface MemberFacts {
  /** For the tables of docs/run-format.md. */
  readonly about?: string;
  /** What a sentence about a wrong value says in place of the schema's own words. */
  readonly expected?: string;
  /** False if no reader depends on the member, for example because an older version did not write it. Then any value is accepted. */
  readonly checked?: boolean;
  /** What `readMended` (read-as.ts) reads in place of a value of another form. */
  readonly otherwise?: number;
}

export interface Member<Schema extends z.ZodType = z.ZodType> extends MemberFacts {
  readonly redaction: Redaction;
  readonly schema: Schema;
}

export function member<Schema extends z.ZodType>(
  redaction: Redaction,
  schema: Schema,
  facts: MemberFacts = {},
): Member<Schema> {
  return { redaction, schema, ...facts };
}

export type DeclaredMembers = Readonly<Record<string, Member>>;
export type SchemaOf<Of extends DeclaredMembers> = z.ZodObject<{ [Name in keyof Of]: Of[Name]["schema"] }>;

const MEMBERS = new WeakMap<z.core.$ZodType, DeclaredMembers>();

/**
 * An object of which each member has a class. A member without a class does not compile. `facts` are for the published schema: the name of the
 * object there, and what it is.
 */
export function record<Of extends DeclaredMembers>(members: Of, facts: ObjectFacts = {}): SchemaOf<Of> {
  const shape = Object.entries(members).map(([name, { schema, about }]) => [
    name,
    about === undefined ? schema : schema.describe(about),
  ]);
  const made = z.object(Object.fromEntries(shape)).meta({ ...facts });
  MEMBERS.set(made, members);
  return made as SchemaOf<Of>;
}

interface ObjectFacts {
  readonly id?: string;
  readonly title?: string;
  readonly description?: string;
}

/** The same members, each of which may be absent. What is there is checked. */
export function allOptional(members: DeclaredMembers): DeclaredMembers {
  return Object.fromEntries(
    Object.entries(members).map(([name, one]) => [
      name,
      { ...one, schema: one.schema.exactOptional(), checked: true },
    ]),
  );
}

/** Returns null if the schema was not made by `record`. */
export function membersOf(schema: z.core.$ZodType): DeclaredMembers | null {
  return MEMBERS.get(schema) ?? null;
}

/** A word of a list which a later version may make longer, so that any text is accepted. */
export function openWord<const Words extends readonly string[]>(words: Words): z.ZodType<Words[number]> {
  return typed(z.union([z.enum(words), z.string()]));
}

/** A schema whose type is said elsewhere. */
export function typed<Type>(schema: z.ZodType): z.ZodType<Type> {
  return schema as z.ZodType<Type>;
}

type DeepReadonly<T> = T extends readonly unknown[]
  ? { readonly [Index in keyof T]: DeepReadonly<T[Index]> }
  : T extends Listed<unknown>
    ? T
    : T extends object
      ? { readonly [Name in keyof T]: DeepReadonly<T[Name]> }
      : T;

/** The type of what a schema describes. */
export type Recorded<Schema extends z.ZodType> = DeepReadonly<z.output<Schema>>;
