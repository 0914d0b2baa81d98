/** The scripts behind the Makefile are plain JavaScript modules; here they get the types that the tests rely on. */
const FOLDER = new URL("../../../scripts/infra/", import.meta.url);

export interface Tool {
  readonly program: string;
  readonly isTofu: boolean;
  readonly version: string;
}
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}
type Variables = Readonly<Record<string, string | undefined>>;

interface Named {
  readonly type: string;
  readonly what: string;
  readonly within: string | null;
  readonly name: string;
  readonly address: string;
}

interface Deployment {
  readonly name: string | null;
  readonly region: string | null;
}
interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
  readonly type: string | null;
  readonly message: string;
}
export interface AwsRequests {
  json(service: string, target: string, body: object): Promise<Answer>;
  query(
    service: string,
    version: string,
    action: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  bucket(name: string): Promise<Answer>;
}

export interface InfraScripts {
  readSettings(
    variables: Variables,
    root: string,
    verb?: { readonly plans?: boolean; readonly readText?: (path: string) => string },
  ): Record<string, unknown>;
  terraformVariables(settings: Record<string, unknown>, running: object | null): Record<string, unknown>;
  foreignPeer(target: string, functions: object): string | null;
  soakArguments(settings: Record<string, unknown>, deployed: object): readonly string[];
  meantDeployment(settings: Record<string, unknown>): Deployment;
  deploymentOf(state: object): Deployment | null;
  refuseOtherDeployment(there: Deployment | null, meant: Deployment, settings: object): void;
  commandFor(command: readonly string[], duration: string | null): readonly string[];
  announcement(deployed: object, command: readonly string[]): string;
  whatNext(deployed: object, task: string): string;
  logGroups(functions: object, runner: object | null): readonly (readonly [string, string])[];
  awsRequests(place: { readonly region: string; readonly endpoint: string | null }): Promise<AwsRequests>;
  givenUp(plan: object): readonly {
    readonly name: string;
    readonly forgotten: boolean;
    readonly destroyed: readonly string[];
  }[];
  refuseGivingUp(plan: object, remove: readonly string[]): void;
  onlyNothingHappened(result: object): boolean;
  toleranceText(inWorkflow: boolean): string;
  explainFailure(text: string): string | undefined;
  plannedNames(plan: object): readonly Named[];
  nameLook(place: {
    readonly region: string;
    readonly local: { readonly engine: string; readonly services: string } | null;
  }): Promise<{
    find(planned: Pick<Named, "type" | "name" | "within">): Promise<string | null>;
    close(): void;
  }>;
  refusal(taken: readonly object[], place: object): Error & { readonly hint: string };
  brokenOff(
    settings: { readonly target: string; readonly folder: string },
    code: number,
    text: string,
  ): Error & { readonly code: number; readonly hint?: string };
  findTerraform(wanted: string | null): Promise<Tool | null>;
  initialise(tool: Tool, init: readonly string[], work: string, environment: Variables): Promise<Variables>;
  withoutAccount(environment: Variables): Variables;
  run(program: string, args: readonly string[], options?: { cwd?: string; env?: Variables }): Promise<Ended>;
  startBackground(start: object): Promise<{ readonly pid: number }>;
  findBackground(noteFile: string): { readonly pid: number } | null;
  processStart(pid: number): string | null;
  stopBackground(noteFile: string): Promise<boolean>;
}

const FILES = [
  "settings",
  "terraform-variables",
  "given-variables",
  "same-deployment",
  "soak",
  "runner",
  "logs",
  "aws-request",
  "explain-failure",
  "planned-names",
  "look-for-name",
  "taken-names",
  "given-up",
  "tolerated",
  "deploy",
  "terraform-tool",
  "workspace",
  "local-services",
  "command",
  "background",
];

export async function infraScripts(): Promise<InfraScripts> {
  const modules = await Promise.all(
    FILES.map((name) => import(new URL(`${name}.mjs`, FOLDER).href) as Promise<object>),
  );
  return Object.assign({}, ...modules) as InfraScripts;
}
