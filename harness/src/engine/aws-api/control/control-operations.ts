/** The operations of the control API, one line each: method, path, function. Their bodies are described in engine/control-api.ts. */
import type { HTTPMethod } from "find-my-way";
import type { z } from "zod";
import { parseIsoTime } from "../../../base/time.ts";
import type { AppliedPage, EndPage, EngineStatus, LinkPage, StepResult } from "../../control-api.ts";
import type { Fleet } from "../../fleet-contract.ts";
import {
  type ControlAnswer,
  type ControlContext,
  type ControlOperation,
  Refusal,
} from "./control-operation.ts";
import type { controlStepSchema, loadPlanSchema } from "./control-schemas.ts";

/** The largest number of items on one page. A page's `next` is the index at which the following page begins. */
const PAGE_ITEMS_MAX = 10_000;

const status: ControlOperation = (_call, { version, account, since, fleet, registry, planControl }) => {
  const body: EngineStatus = {
    version,
    account,
    isolation: fleet.isolation,
    functions: registry.all().map(({ fleetKey }) => fleetKey),
    planRunning: planControl.running,
    since,
  };
  return { status: 200, body };
};

// Schemas are loaded when the first body arrives, because they take a large part of the engine's start.
const planSchema = async (): Promise<typeof loadPlanSchema> =>
  (await import("./control-schemas.ts")).loadPlanSchema;
const stepSchema = async (): Promise<typeof controlStepSchema> =>
  (await import("./control-schemas.ts")).controlStepSchema;

const loadPlan: ControlOperation = async ({ body }, context) => {
  const { plan, functions, startAt, replaces = false } = await parse(await planSchema(), body);
  const keys = functions.map((name) => requireFunction(name, context));
  const start = parseIsoTime(startAt);
  if (start === null) throw new Refusal(400, "startAt must be an instant in ISO 8601");
  if (!(await context.planControl.start({ plan, functions: keys, startAt: start, replaces })))
    throw new Refusal(409, "a plan is already running; DELETE /_longrun/plan ends it");
  return { status: 202, body: {} };
};

const endPlan: ControlOperation = async (_call, { planControl }) => {
  await planControl.stop();
  return { status: 204, body: null };
};

const environments: ControlOperation = ({ parameters }, context) => {
  const name = requireFunction(parameters["name"] ?? "", context);
  return { status: 200, body: { environments: context.fleet.environments(name) } };
};

const step: ControlOperation = async ({ parameters, body }, context) => {
  const name = requireFunction(parameters["name"] ?? "", context);
  const wanted = await parse(await stepSchema(), body);
  const { fleet } = context;
  const result = (acted: readonly string[]): ControlAnswer => ({
    status: 200,
    body: { environments: acted } satisfies StepResult,
  });
  switch (wanted.step) {
    case "initialise-ahead":
      return result([(await fleet.initialiseAhead(name)).environment]);
    case "place-next":
      fleet.placeNext(
        name,
        wanted.environment === undefined
          ? { placement: wanted.placement }
          : { environment: wanted.environment },
      );
      return result([]);
    case "retire":
      return result(await fleet.retire(name, which(wanted), wanted.ending));
    case "crash":
      return result(await fleet.crash(name, which(wanted)));
  }
};

const applied: ControlOperation = ({ query }, { planControl, since }) => {
  const body: AppliedPage = { ...planControl.page(fromOf(query), PAGE_ITEMS_MAX), since };
  return { status: 200, body };
};
const links: ControlOperation = ({ query }, { fleet, since }) => {
  const body: LinkPage = { ...onePage(fleet.linkRecords(fromOf(query))), since };
  return { status: 200, body };
};
const ends: ControlOperation = ({ query }, { fleet, since }) => {
  const body: EndPage = { ...onePage(fleet.ends(fromOf(query))), since };
  return { status: 200, body };
};

export const CONTROL_ROUTES: readonly (readonly [HTTPMethod, string, ControlOperation])[] = [
  ["GET", "/_longrun/status", status],
  ["POST", "/_longrun/plan", loadPlan],
  ["DELETE", "/_longrun/plan", endPlan],
  ["GET", "/_longrun/plan/applied", applied],
  ["GET", "/_longrun/links", links],
  ["GET", "/_longrun/ends", ends],
  ["GET", "/_longrun/functions/:name/environments", environments],
  ["POST", "/_longrun/functions/:name/steps", step],
];

function onePage<T>({ records, next }: { readonly records: readonly T[]; readonly next: number }): {
  readonly records: readonly T[];
  readonly next: number;
} {
  const page = records.slice(0, PAGE_ITEMS_MAX);
  return { records: page, next: next - records.length + page.length };
}

function which(wanted: {
  readonly selector?: unknown;
  readonly environment?: unknown;
}): Parameters<Fleet["crash"]>[1] {
  return (
    typeof wanted.environment === "string"
      ? { environment: wanted.environment }
      : { selector: wanted.selector }
  ) as Parameters<Fleet["crash"]>[1];
}

/**
 * Returns the key under which the fleet (all environments of the engine) has the function. `name` is the function's name in the request's
 * Region, or the key itself.
 */
function requireFunction(name: string, { registry, region }: ControlContext): string {
  const record = registry.byName(name, region) ?? registry.byKey(name);
  if (record === undefined) throw new Refusal(404, `there is no function ${name.slice(0, 256)}`);
  if (record.latest.state !== "Active") throw new Refusal(409, `function ${name} is still Pending`);
  return record.fleetKey;
}

async function parse<T>(schema: z.ZodType<T>, body: unknown): Promise<T> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const { z } = await import("zod");
  throw new Refusal(400, z.prettifyError(result.error).slice(0, 4_096));
}

function fromOf(query: URLSearchParams): number {
  const from = Number(query.get("from") ?? 0);
  if (!Number.isSafeInteger(from) || from < 0)
    throw new Refusal(400, "from must be a whole number, 0 or more");
  return from;
}
