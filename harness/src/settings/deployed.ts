/**
 * Reads the output of `terraform output -json` or `tofu output -json` (infra/outputs.tf). The command line uses a `Deployed`. The scripts
 * of the Makefile use the outputs themselves.
 */
import { z } from "zod";
import { jsonProblem } from "../base/json-problem.ts";
import { ARCHITECTURES, DEFAULT_ARCHITECTURE } from "../words/function-size.ts";
import { httpUrl, type HostPort } from "./value-parsers.ts";

export interface DeployedFunction {
  readonly label: string;
  readonly name: string;
  readonly peer: HostPort | null;
  /** Null if the peer belongs to the user. */
  readonly peerLogGroup: string | null;
}

export interface Deployed {
  readonly region: string;
  /** The local engine. Null on AWS. */
  readonly endpoint: string | null;
  readonly functions: readonly DeployedFunction[];
}

interface NotDeployed {
  readonly ok: false;
  readonly nothingDeployed: boolean;
  /** The end of a sentence that begins with "expected". */
  readonly expected: string;
}
type ReadDeployed = { readonly ok: true; readonly deployed: Deployed } | NotDeployed;
type ReadOutputs = { readonly ok: true; readonly outputs: Outputs } | NotDeployed;

const FUNCTION = z.object({
  name: z.string().min(1),
  log_group: z.string().min(1).nullish(),
  peer: z.string().nullish(),
  peer_protocol: z.string().nullish(),
  peer_log_group: z.string().min(1).nullish(),
});
const RUNNER = z.object({
  cluster: z.string(),
  task_definition: z.string(),
  subnet_ids: z.array(z.string()),
  security_group_id: z.string(),
  bucket: z.string(),
  log_group: z.string(),
  command: z.array(z.string()),
});
const OUTPUTS = z.object({
  region: z.string().min(1),
  // A deployment that was made before this output existed has the default.
  architecture: z.enum(ARCHITECTURES).default(DEFAULT_ARCHITECTURE),
  endpoint: z
    .string()
    .superRefine((text, context) => {
      const read = httpUrl(text);
      if (!read.ok) context.addIssue(`expected ${read.expected}`);
    })
    .nullish(),
  functions: z.record(z.string(), FUNCTION),
  runner: RUNNER.nullish(),
  image_repository: z.string().nullish(),
});

export type FunctionOutput = z.infer<typeof FUNCTION>;
export type RunnerOutput = z.infer<typeof RUNNER>;
export type Outputs = z.infer<typeof OUTPUTS>;

export function parseDeployed(text: string): ReadDeployed {
  const read = parseOutputs(text);
  if (!read.ok) return read;
  const { region, endpoint, functions } = read.outputs;
  return {
    ok: true,
    deployed: {
      region,
      endpoint: endpoint ?? null,
      functions: Object.entries(functions).map(([label, one]) => ({
        label,
        name: one.name,
        peer: address(one.peer ?? ""),
        peerLogGroup: one.peer_log_group ?? null,
      })),
    },
  };
}

export function parseOutputs(text: string): ReadOutputs {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return {
      ok: false,
      nothingDeployed: false,
      expected: `what \`terraform output -json\` prints, but it is no JSON: ${jsonProblem(error)}`,
    };
  }
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    return { ok: false, nothingDeployed: false, expected: "what `terraform output -json` prints, an object" };
  }
  // A state that was never applied, or was destroyed, has no outputs: Terraform prints an empty object.
  if (Object.keys(content).length === 0)
    return { ok: false, nothingDeployed: true, expected: "something deployed" };
  const values = Object.fromEntries(Object.entries(content).map(([name, output]) => [name, valueOf(output)]));
  const read = OUTPUTS.safeParse(values);
  if (!read.success) {
    const why = read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
    return {
      ok: false,
      nothingDeployed: false,
      expected: `outputs of infra/ (region, functions), but ${why}`,
    };
  }
  if (Object.keys(read.data.functions).length === 0)
    return { ok: false, nothingDeployed: true, expected: "at least one deployed function" };
  return { ok: true, outputs: read.data };
}

/** Terraform wraps each value in an object. A file that was written by hand may have the values alone. */
function valueOf(output: unknown): unknown {
  if (typeof output === "object" && output !== null && "value" in output && "sensitive" in output)
    return output.value;
  return output;
}

function address(text: string): HostPort | null {
  const match = /^\[?([^\]]+?)\]?:(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  return match === null || port < 1 || port > 65_535 ? null : { host: match[1] ?? "", port };
}
