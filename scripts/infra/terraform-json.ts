/** The members that are read from the JSON of Terraform and OpenTofu. */
import { z } from "zod";
import { notAvailable } from "../../harness/src/base/errors.ts";

const NAMES = z.array(z.string()).nullish();
const PLAN = z.object({
  resource_changes: z
    .array(
      z.object({
        type: z.string(),
        address: z.string(),
        change: z.object({
          actions: z.array(z.string()),
          /** Null if the resource is created. */
          before: z.record(z.string(), z.unknown()).nullish(),
          /** Null if the resource is removed. Values that are not known yet are left out. */
          after: z.record(z.string(), z.unknown()).nullish(),
        }),
      }),
    )
    .default([]),
  output_changes: z.object({ given: z.object({ before: NAMES, after: NAMES }).optional() }).default({}),
});
const ATTRIBUTES = z.object({
  arn: z.string().nullish(),
  tags_all: z.record(z.string(), z.string()).nullish(),
});
const STATE = z.object({
  resources: z
    .array(
      z.object({
        mode: z.string(),
        type: z.string(),
        instances: z.array(z.object({ attributes: ATTRIBUTES.nullish() })),
      }),
    )
    .default([]),
  outputs: z.object({ region: z.object({ value: z.string() }).optional() }).default({}),
});
const VERSION = z.object({ terraform_version: z.string() });

/** The output of `terraform show -json PLAN`. */
export type TerraformPlan = z.infer<typeof PLAN>;
/** The output of `terraform state pull`, or the content of a state file. */
export type TerraformState = z.infer<typeof STATE>;

export const parsePlan = (text: string): TerraformPlan => parsed(PLAN, text, "The plan");
export const parseState = (text: string): TerraformState => parsed(STATE, text, "The state");
export const parseVersion = (text: string): string =>
  parsed(VERSION, text, "Terraform's version").terraform_version;

function parsed<Schema extends z.ZodType>(schema: Schema, text: string, what: string): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw notAvailable(`${what} cannot be read; nothing was changed.\n${why}`, {
      cause: error,
    });
  }
}
