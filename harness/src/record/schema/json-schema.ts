/** Makes the published JSON Schema of a file from the schema in which the file is declared. */
import { z } from "zod";

/** `id` is the schema's `$id`. Members that the schema does not have are allowed, because a later version may add some. */
export function jsonSchema(schema: z.ZodType, id: string): object {
  const { $schema, ...made } = z.toJSONSchema(schema, {
    io: "input",
    override: ({ jsonSchema: one }) => {
      // z.int() says that a number can be exact in JavaScript.
      if (one.minimum === Number.MIN_SAFE_INTEGER) delete one.minimum;
      if (one.maximum === Number.MAX_SAFE_INTEGER) delete one.maximum;
      // A value may have members that the schema does not name.
      if (Object.keys(one.additionalProperties ?? { no: 1 }).length === 0) delete one.additionalProperties;
    },
  });
  return { $schema, $id: id, ...made };
}
