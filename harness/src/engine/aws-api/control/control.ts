/** The control API under `/_longrun/` (engine/control-api.ts): what AWS keeps to itself. */
import router, { type HTTPMethod } from "find-my-way";
import { z } from "zod";
import { LongrunError } from "../../../domain/errors.ts";
import { parseIsoTime } from "../../../units/time.ts";
import type { EndPage, EngineStatus, LinkPage, StepResult } from "../../control-api.ts";
import type { Fleet } from "../../fleet-contract.ts";
import type { FunctionRegistry } from "../../registry/functions/function-registry.ts";
import { controlStepSchema, loadPlanSchema } from "./control-schemas.ts";
import type { PlanDesk } from "../../scheduling/plan/plan-desk.ts";

export interface ControlContext {
  readonly version: string;
  readonly account: string;
  readonly fleet: Fleet;
  readonly registry: FunctionRegistry;
  /** Of the request: it decides between functions of one name. */
  readonly region: string;
  readonly planDesk: PlanDesk;
}

export interface ControlAnswer {
  readonly status: number;
  readonly body: object | null;
}

interface ControlCall {
  readonly parameters: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

type ControlOperation = (
  call: ControlCall,
  context: ControlContext,
) => ControlAnswer | Promise<ControlAnswer>;

/** Of one page; `next` says where the next one begins. */
const PAGE_ITEMS_MAX = 10_000;
export const CONTROL_BODY_BYTES_MAX = 67_108_864;

class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const status: ControlOperation = (_call, { version, account, fleet, registry, planDesk }) => {
  const body: EngineStatus = {
    version,
    account,
    isolation: fleet.isolation,
    functions: registry.all().map(({ fleetKey }) => fleetKey),
    planRunning: planDesk.running,
  };
  return { status: 200, body };
};

const loadPlan: ControlOperation = ({ body }, context) => {
  const { plan, functions, startAt } = parse(loadPlanSchema, body);
  const keys = functions.map((name) => requireFunction(name, context));
  const start = parseIsoTime(startAt);
  if (start === null) throw new Refusal(400, "startAt must be an instant in ISO 8601");
  if (!context.planDesk.start(plan, keys, start))
    throw new Refusal(409, "a plan is already running; DELETE /_longrun/plan ends it");
  return { status: 202, body: {} };
};

const endPlan: ControlOperation = async (_call, { planDesk }) => {
  await planDesk.stop();
  return { status: 204, body: null };
};

const environments: ControlOperation = ({ parameters }, context) => {
  const name = requireFunction(parameters["name"] ?? "", context);
  return { status: 200, body: { environments: context.fleet.environments(name) } };
};

const step: ControlOperation = async ({ parameters, body }, context) => {
  const name = requireFunction(parameters["name"] ?? "", context);
  const wanted = parse(controlStepSchema, body);
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

const applied: ControlOperation = ({ query }, { planDesk }) => ({
  status: 200,
  body: planDesk.page(fromOf(query), PAGE_ITEMS_MAX),
});
const links: ControlOperation = ({ query }, { fleet }) => {
  const body: LinkPage = onePage(fleet.linkRecords(fromOf(query)));
  return { status: 200, body };
};
const ends: ControlOperation = ({ query }, { fleet }) => {
  const body: EndPage = onePage(fleet.ends(fromOf(query)));
  return { status: 200, body };
};

const ROUTES: readonly (readonly [HTTPMethod, string, ControlOperation])[] = [
  ["GET", "/_longrun/status", status],
  ["POST", "/_longrun/plan", loadPlan],
  ["DELETE", "/_longrun/plan", endPlan],
  ["GET", "/_longrun/plan/applied", applied],
  ["GET", "/_longrun/links", links],
  ["GET", "/_longrun/ends", ends],
  ["GET", "/_longrun/functions/:name/environments", environments],
  ["POST", "/_longrun/functions/:name/steps", step],
];

const routes = router<router.HTTPVersion.V1>({ maxParamLength: 256, onBadUrl: () => undefined });
for (const [method, path, operation] of ROUTES) routes.on(method, path, () => undefined, operation);

export async function control(
  method: string,
  path: string,
  query: URLSearchParams,
  text: Buffer,
  context: ControlContext,
): Promise<ControlAnswer> {
  const found = routes.find(method as HTTPMethod, path);
  const operation = found?.store as ControlOperation | null | undefined;
  if (found === null || operation === null || operation === undefined)
    return refusal(404, `the control API has no ${method} ${path.slice(0, 256)}`);
  try {
    return await operation(
      { parameters: found.params, query, body: text.length === 0 ? {} : parseJson(text) },
      context,
    );
  } catch (error) {
    if (error instanceof Refusal) return refusal(error.status, error.message);
    // An environment that is named and does not live.
    if (error instanceof LongrunError) return refusal(error.code === "usage" ? 400 : 503, error.message);
    throw error;
  }
}

export function refusal(status: number, message: string): ControlAnswer {
  return { status, body: { message } };
}

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

/** What the fleet calls the function of that name in the request's Region, or of that key. */
function requireFunction(name: string, { registry, region }: ControlContext): string {
  const record = registry.byName(name, region) ?? registry.byKey(name);
  if (record === undefined) throw new Refusal(404, `there is no function ${name.slice(0, 256)}`);
  if (record.latest.state !== "Active") throw new Refusal(409, `function ${name} is still Pending`);
  return record.fleetKey;
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new Refusal(400, z.prettifyError(result.error).slice(0, 4_096));
}

function parseJson(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString("utf8"));
  } catch (error) {
    throw new Refusal(400, `the body is not JSON: ${(error as Error).message.slice(0, 256)}`);
  }
}

function fromOf(query: URLSearchParams): number {
  const from = Number(query.get("from") ?? 0);
  if (!Number.isSafeInteger(from) || from < 0)
    throw new Refusal(400, "from must be a whole number, 0 or more");
  return from;
}
