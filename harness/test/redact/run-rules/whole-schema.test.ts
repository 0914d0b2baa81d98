/** Every member of every file of a run directory, in every form of its records, is in a copy as its class says. */
import { expect } from "chai";
import type { z } from "zod";
import type { JournalEvent } from "../../../src/record/journal.ts";
import { membersOf, VALUE_CLASSES, type Redaction } from "../../../src/record/schema/member.ts";
import { optionsByWord } from "../../../src/record/schema/read-as.ts";
import { Replacements } from "../../../src/redact/replacements.ts";
import { FILE_SCHEMAS, runRules, type RedactedFile } from "../../../src/redact/run-rules.ts";
import { samplesOf } from "./sample-of.ts";

/** Gives every digit of an id another digit. */
const reversed = (limit: number): number => limit - 1;

/** What is wrong in a copy, by the path of the member. */
function faults(
  schema: z.core.$ZodType,
  value: unknown,
  copy: unknown,
  path: string,
  of: Redaction = "kept",
): readonly string[] {
  const members = membersOf(schema);
  if (members !== null)
    return Object.entries(members).flatMap(([name, one]) => {
      const [before, after] = [value, copy].map(
        (object) => (object as Record<string, unknown> | null)?.[name],
      );
      const at = `${path}.${name}`;
      if (one.redaction !== "dropped") return faults(one.schema, before, after, at, one.redaction);
      return after === undefined ? [] : [`${at} is not left out`];
    });
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === "nullable" || def.type === "optional") return faults(def.innerType, value, copy, path, of);
  if (def.type === "array")
    return (value as readonly unknown[]).flatMap((one, n) =>
      faults(def.element, one, (copy as readonly unknown[] | null)?.[n], `${path}[]`, of),
    );
  if (def.type === "union") {
    if ("discriminator" in def) {
      const { discriminator } = def as z.core.$ZodDiscriminatedUnionDef;
      const word = (value as Record<string, unknown>)[discriminator];
      const options = optionsByWord(def as z.core.$ZodDiscriminatedUnionDef).filter(([words]) =>
        words.includes(word),
      );
      // A word such as `invocation-ended` has several forms, of which the value fits one.
      const [least = []] = options
        .map(([, one]) => faults(one, value, copy, `${path}(${String(word)})`))
        .sort((a, b) => a.length - b.length);
      return least;
    }
    const isWord = def.options.some(
      (one) =>
        ["enum", "literal"].includes((one as z.core.$ZodTypes)._zod.def.type) &&
        samplesOf(one).includes(value),
    );
    return faultsOfValue(value, copy, path, isWord ? "kept" : of);
  }
  return faultsOfValue(
    value,
    copy,
    path,
    ["enum", "literal", "number", "boolean"].includes(def.type) ? "kept" : of,
  );
}

function faultsOfValue(value: unknown, copy: unknown, path: string, of: Redaction): readonly string[] {
  const isKept = of === "kept" || VALUE_CLASSES[of as keyof typeof VALUE_CLASSES] === "kept";
  if (isKept) return copy === value ? [] : [`${path} is not kept: ${String(copy)}`];
  if (typeof copy !== "string") return [`${path} is ${String(copy)}, and not replaced`];
  return copy === value || copy.includes("zq") ? [`${path} is not replaced`] : [];
}

describe("a copy of a record with every member", () => {
  for (const [file, schemas] of Object.entries(FILE_SCHEMAS))
    it(`of ${file} has each of them as its class says`, () => {
      const rule = runRules(new Replacements(reversed))[file as RedactedFile];
      const found = schemas.flatMap((schema: z.core.$ZodType, n) => {
        // An event that the first schema knows is never read by the second one.
        const known = n === 0 ? new Set() : schemas[0]._zod.propValues?.["event"];
        const samples = samplesOf(schema).filter((one) => known?.has((one as JournalEvent).event) !== true);
        expect(samples.length).to.be.greaterThan(0);
        return samples.flatMap((sample) => faults(schema, sample, rule(sample), file));
      });
      expect([...new Set(found)]).to.deep.equal([]);
    });
});
