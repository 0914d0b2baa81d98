/** `schedule.json`: a schedule with everything that is needed to play it again. docs/schedule.schema.json is generated from this schema. */
import { z } from "zod";
import { ENDINGS } from "../record/plan.ts";
import { ADMISSIONS } from "../words/admission.ts";
import { DEFAULT_CAPACITY, OWN_CAPACITY_MAX } from "../words/capacity.ts";
import { TIMEOUT_SECONDS_MAX } from "../words/function-size.ts";
import { jsonProblem } from "../base/json-problem.ts";
import { isJsonObject } from "../base/json-object.ts";
import { PEER_NAME } from "../words/peer-name.ts";
import { SEARCH_MEMORY_MB } from "../words/search-memory.ts";
import { PROTOCOL_CHOICES } from "../catalogue/protocols/all-protocols.ts";
import { firstIllegal } from "./schedule-model.ts";
import { SCHEDULE_TIMES } from "./schedule.ts";

const number = z
  .int()
  .min(1)
  .max(1_000)
  .describe("An environment, numbered in the order in which the schedule creates them: 1, 2, 3, …");
const target = z.union([number, z.literal("new")]).describe("An environment by its number, or a new one.");
const ending = z.enum(ENDINGS).describe("How the environment's connections end when the environment ends.");

const step = z.discriminatedUnion("step", [
  z
    .strictObject({ step: z.literal("initialise-ahead") })
    .describe("An environment runs its Init phase while no invocation waits for it."),
  z
    .strictObject({ step: z.literal("invoke"), environment: target })
    .describe("An invocation, placed in that environment."),
  z
    .strictObject({ step: z.literal("invoke-and-end"), environment: target, ending })
    .describe("The environment ends after the peer has read the request and before the peer replies."),
  z
    .strictObject({ step: z.literal("time-out"), environment: target })
    .describe("An invocation; the peer's reply does not come within the function's time-out."),
  z
    .strictObject({ step: z.literal("retire"), environment: number, ending })
    .describe("The idle environment ends."),
  z
    .strictObject({ step: z.literal("crash"), environment: number })
    .describe("The idle environment's process dies; the environment stays."),
  z
    .strictObject({ step: z.literal("freeze-long") })
    .describe("The peer ends a connection that was idle for too long."),
  z.strictObject({ step: z.literal("update") }).describe("A new generation of the function."),
  z
    .strictObject({ step: z.literal("peer-drops") })
    .describe("The peer resets the connection that it serves, and stays up."),
  z
    .strictObject({ step: z.literal("peer-slow") })
    .describe("The peer's next reply comes after the function's time-out."),
  z
    .strictObject({
      step: z.literal("invoke-version"),
      version: z
        .union([z.literal(1), z.literal(2), z.literal("$LATEST")])
        .describe("A published version, numbered in the order of publishing, or the unpublished one."),
    })
    .describe("An invocation of a version; the platform chooses its environment."),
  z
    .strictObject({ step: z.literal("provision") })
    .describe("An environment of a version that nobody invokes is initialised by provisioned concurrency."),
]);

const milliseconds = (least: number): z.ZodNumber =>
  z
    .int()
    .min(least)
    .max(TIMEOUT_SECONDS_MAX * 1_000);

const unused = z.unknown().optional().describe("Not used. Written by older versions.");

const link = z
  .union([
    z.strictObject({ hostVariable: z.string(), portVariable: z.string(), address: unused }),
    z.strictObject({ variable: z.string(), address: unused }),
    z.strictObject({ name: z.string().min(1), port: z.int().min(1).max(65_535) }),
  ])
  .meta({
    id: "link",
    description: "Where the function finds its peer: in variables, or by this name and port.",
  });
const protocol = z
  .enum(PROTOCOL_CHOICES)
  .meta({
    id: "protocol",
    description: "The protocol of the peer. If this member is absent, the protocol is recognised.",
  })
  .optional();
const places = z.int().min(1).max(OWN_CAPACITY_MAX);

const surroundings = {
  memoryMb: z
    .int()
    .min(128)
    .max(10_240)
    .optional()
    .describe(`The function's memory in megabytes; ${SEARCH_MEMORY_MB} if it is absent.`),
  environment: z
    .record(z.string().regex(/^[A-Za-z]\w*$/), z.string().nullable())
    .optional()
    .describe("The function's variables. null: the value was not written; give it again with --env."),
  link: link.optional(),
  protocol,
  peers: z
    .array(z.strictObject({ name: z.string().regex(PEER_NAME), link, protocol, capacity: places }))
    .min(1)
    .max(100)
    .meta({ id: "peers", description: "Each of several peers, in place of link, protocol and capacity." })
    .optional(),
} as const;

const scheduleFileSchema = z.strictObject({
  $schema: z.string().optional(),
  schemaVersion: z.literal(1),
  function: z
    .union([
      z.strictObject({
        design: z.string().min(1).max(64).describe("A shipped function design."),
        ...surroundings,
      }),
      z.strictObject({
        code: z.string().min(1).max(4_096).describe("Package, folder or source file, relative to this file."),
        handler: z.string().min(1).max(128).nullable(),
        runtime: z.string().min(1).max(128).optional(),
        bin: z
          .string()
          .min(1)
          .max(128)
          .optional()
          .describe("Which program to run, if a Cargo package has several."),
        launcher: z.string().min(1).optional().describe("The command that starts the runtime client."),
        ...surroundings,
      }),
    ])
    .describe("The function that was searched."),
  admission: z.enum(ADMISSIONS).describe("What the peer does with a connection that it cannot serve."),
  capacity: places.default(DEFAULT_CAPACITY).describe("How many connections the peer serves at one time."),
  strangers: z
    .array(z.string().min(1))
    .optional()
    .describe("Names by which other clients of the peer call themselves."),
  event: z.unknown().optional().describe("The event of each invocation; {} if it is absent."),
  times: z
    .strictObject({
      functionTimeoutMs: milliseconds(100),
      connectTimeoutMs: milliseconds(1),
      leaseMs: milliseconds(100),
      leaseRenewMs: milliseconds(20),
      leaseWaitMs: milliseconds(0),
      leaseClockMarginMs: milliseconds(0),
    })
    .default({ ...SCHEDULE_TIMES }),
  steps: z.array(step).min(1).max(1_000),
});

export type ScheduleFile = z.infer<typeof scheduleFileSchema>;

/** Returns the text of a file that readScheduleFile reads. Throws if the schema does not allow the file. */
export function scheduleFileText(file: ScheduleFile): string {
  return `${JSON.stringify(scheduleFileSchema.parse(file), null, 2)}\n`;
}

export type ReadSchedule =
  | { readonly ok: true; readonly file: ScheduleFile }
  | { readonly ok: false; readonly problems: readonly string[] };

export function readScheduleFile(text: string): ReadSchedule {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return { ok: false, problems: [`expected JSON: ${jsonProblem(error)}`] };
  }
  if (!isJsonObject(content))
    return {
      ok: false,
      problems: ["expected a JSON object, as longrun explore writes it into schedule.json"],
    };
  const parsed = scheduleFileSchema.safeParse(content);
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map(problemOf) };
  const illegal = firstIllegal(parsed.data.steps);
  if (illegal !== null)
    return {
      ok: false,
      problems: [`step ${illegal.number} (${illegal.step.step}) cannot be played: ${illegal.why}`],
    };
  return { ok: true, file: parsed.data };
}

function problemOf({ path, message }: z.core.$ZodIssue): string {
  const where = path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
  const stepNumber = path[0] === "steps" && typeof path[1] === "number" ? ` (step ${path[1] + 1})` : "";
  return `${where === "" ? "the file" : where}${stepNumber}: ${message}`;
}

/** Returns the text of docs/schedule.schema.json, except for its line breaks. */
export function scheduleSchemaText(): string {
  const schema = z.toJSONSchema(scheduleFileSchema, { io: "input" });
  return `${JSON.stringify({ ...schema, title: "lambda-longrun schedule" }, null, 2)}\n`;
}
