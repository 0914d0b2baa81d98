/** One statement of a resource policy, with its members in AWS's order, and the schema that checks a statement read from a file. Pure. */
import { z } from "zod";

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal: "*" | Readonly<Record<string, string>>;
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const textMap = z.record(z.string(), z.string());

export const policyStatement = z.object({
  Sid: z.string(),
  Effect: z.literal("Allow"),
  Principal: z.union([z.literal("*"), textMap]),
  Action: z.string(),
  Resource: z.string(),
  Condition: z.record(z.string(), textMap).exactOptional(),
});
