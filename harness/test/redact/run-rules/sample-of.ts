/** Values that fit a schema of the run directory, with every member: one for each form of a record, one for each word of a closed list. */
import type { z } from "zod";
import { membersOf, type Redaction, type ValueClass } from "../../../src/record/schema/member.ts";

/** A text of each class. One that a copy keeps is of the kept kind. */
export const TEXT_OF: Readonly<Record<ValueClass, string>> = {
  time: "2026-11-25T01:02:03.456Z",
  instant: "",
  region: "eu-central-1",
  version: "v22.11.0",
  release: "0.1.0",
  machine: "linux x64",
  runtime: "nodejs22.x",
  program: "Python 3.12.4",
  threshold: "harm.total < 1",
  protocol: "postgres",
  systemCode: "zq system",
  serverCode: "zq server",
  eventId: "zq event",
  errorType: "ZqError",
  qualifier: "zq-qualifier",
  message: "zq message",
  text: "zq text",
  label: "zq-label",
  functionName: "zq-function",
  id: "8f3b2c1d-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
  stream: "2026/11/25/[$LATEST]0123456789abcdef0123456789abcdef",
  group: "/aws/lambda/zq",
  client: "zq client",
  tenant: "zq-tenant",
  peer: "zq-peer",
  host: "zq.example",
  address: "10.77.66.55:5432",
  session: "zq session",
};
const INSTANT = 1_795_000_000_000;

export function samplesOf(schema: z.core.$ZodType, redaction: Redaction = "kept"): readonly unknown[] {
  const members = membersOf(schema);
  if (members !== null) {
    const values = Object.entries(members).map(
      ([name, one]) => [name, samplesOf(one.schema, one.redaction)] as const,
    );
    const most = Math.max(1, ...values.map(([, all]) => all.length));
    return Array.from({ length: most }, (_, n) =>
      Object.fromEntries(values.map(([name, all]) => [name, all[n % all.length]])),
    );
  }
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "string":
      return [TEXT_OF[redaction as ValueClass]];
    case "number":
      return [redaction === "instant" ? INSTANT : 7];
    case "custom":
      return [INSTANT];
    case "boolean":
      return [true];
    case "enum":
      return Object.values(def.entries);
    case "literal":
      return def.values;
    case "nullable":
    case "optional":
      return samplesOf(def.innerType, redaction);
    case "array":
      return [samplesOf(def.element, redaction)];
    case "union":
      return def.options.flatMap((one) => samplesOf(one, redaction));
    default:
      return [{ zq: "zq" }];
  }
}
