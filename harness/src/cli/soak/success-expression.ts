/** `--success`: a JSONata expression on the payload of an answer. */
import jsonata from "jsonata";
import { jsonOf } from "../../domain/json-object.ts";

export type SuccessExpression =
  | {
      readonly ok: true;
      whyNoSuccess(payload: unknown): Promise<string | null>;
    }
  | { readonly ok: false; readonly expected: string };

export function successExpression(text: string): SuccessExpression {
  let expression: jsonata.Expression;
  try {
    expression = jsonata(text);
  } catch (error) {
    return { ok: false, expected: `a JSONata expression such as 'ok = true': ${messageOf(error)}` };
  }
  return {
    ok: true,
    whyNoSuccess: async (payload) => {
      try {
        const value: unknown = await expression.evaluate(payload);
        return value === true
          ? null
          : `the answer fails --success: ${text} is ${value === undefined ? "nothing" : (jsonOf(value) ?? "nested too deeply")}`;
      } catch (error) {
        return `the answer fails --success: ${messageOf(error)}`;
      }
    },
  };
}

/** JSONata throws objects with a message, and not all of them are errors. */
function messageOf(error: unknown): string {
  const { message } = error as { readonly message?: unknown };
  return typeof message === "string" ? message : String(error);
}
