/**
 * The environment variables of a function's process (docs/aws/runtimes.md#environment-variables). With namespaces the paths are Lambda's.
 * Without them the paths are the real ones, and LD_LIBRARY_PATH has only the folders of the package and of the layers.
 */
import { runtimeOf } from "../../catalogue/runtimes/all-runtimes.ts";
import type { FamilyVariables } from "../../catalogue/runtimes/runtime-family.ts";
import { SYSTEM_FOLDERS } from "../../catalogue/runtimes/program-file.ts";
import type { FunctionSnapshot } from "../function-snapshot.ts";

export interface FunctionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Invalid credentials: they have the right shape but give access to nothing. */
export const LOCAL_CREDENTIALS: FunctionCredentials = {
  accessKeyId: "ASIALONGRUNLOCAL0000",
  secretAccessKey: "longrun-local-engine-has-no-secret-key-0",
  sessionToken: "longrun-local-engine-session-token",
};

export interface EnvironmentPaths {
  /** True with namespaces: the paths are exactly Lambda's. */
  readonly exact: boolean;
  readonly task: string;
  readonly runtime: string;
  readonly layers: readonly string[];
  readonly temporary: string;
  /** The folder of the interpreter; null if the package or a layer contains the program. */
  readonly programs: string | null;
}

export interface VariableFacts {
  readonly snapshot: FunctionSnapshot;
  readonly logStream: string;
  readonly runtimeApi: string;
  readonly paths: EnvironmentPaths;
  /** More folders for the end of PATH, separated by colons. */
  readonly launcherPath: string;
  readonly credentials: FunctionCredentials;
  /** The variables with the host and the port of the link; empty without a link. */
  readonly link: Readonly<Record<string, string>>;
}

const EXACT_LIBRARIES = "/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib";
const EXACT_PATH = "/usr/local/bin:/usr/bin/:/bin:/opt/bin";

/** The customer's variables cannot replace reserved ones. */
export function runtimeVariables(facts: VariableFacts): Record<string, string> {
  const { snapshot, paths } = facts;
  const json = snapshot.logging.format === "JSON";
  const { family, local, version } = runtimeOf(snapshot.runtime);
  const { changeable, reserved } = local.variables({
    version,
    taskRoot: paths.task,
    runtimeFolder: paths.runtime,
    layers: paths.exact ? ["/opt"] : paths.layers,
    accessKeyId: facts.credentials.accessKeyId,
    secretAccessKey: facts.credentials.secretAccessKey,
  });
  return {
    ...sharedVariables(facts, changeable),
    ...reserved,
    AWS_LAMBDA_LOG_GROUP_NAME: snapshot.logging.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: facts.logStream,
    AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
    AWS_XRAY_DAEMON_ADDRESS: "169.254.100.1:2000",
    _AWS_XRAY_DAEMON_ADDRESS: "169.254.100.1",
    _AWS_XRAY_DAEMON_PORT: "2000",
    LAMBDA_RUNTIME_DIR: paths.runtime,
    LAMBDA_TASK_ROOT: paths.task,
    PWD: paths.task,
    _HANDLER: snapshot.handler,
    ...(family.log.descriptor === "frames" ? { _LAMBDA_TELEMETRY_LOG_FD: "3" } : {}),
    ...(json
      ? { AWS_LAMBDA_LOG_FORMAT: "JSON", AWS_LAMBDA_LOG_LEVEL: snapshot.logging.applicationLogLevel }
      : {}),
  };
}

/** Returns the variables of an external extension's process (docs/aws/extensions.md#extensions-api). */
export function extensionVariables(facts: VariableFacts): Record<string, string> {
  return { ...sharedVariables(facts, {}), PWD: "/" };
}

function sharedVariables(
  facts: VariableFacts,
  changeable: FamilyVariables["changeable"],
): Record<string, string> {
  const { snapshot, paths, credentials, launcherPath } = facts;
  return {
    // Lambda sets these three variables first, so that a customer can change them.
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    PATH: [
      ...(paths.programs === null ? [] : [paths.programs]),
      ...searchPath(paths),
      ...(launcherPath === "" ? [] : [launcherPath]),
    ].join(":"),
    ...(paths.exact
      ? { LD_LIBRARY_PATH: `${paths.programs === null ? "" : "/var/lang/lib:"}${EXACT_LIBRARIES}` }
      : { TMPDIR: paths.temporary, LD_LIBRARY_PATH: libraryPath(paths) }),
    ...changeable,
    ...snapshot.environment,
    ...facts.link,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_REGION: snapshot.region,
    AWS_DEFAULT_REGION: snapshot.region,
    AWS_LAMBDA_FUNCTION_NAME: snapshot.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: snapshot.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(snapshot.memorySizeMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: snapshot.initializationType,
    AWS_LAMBDA_RUNTIME_API: facts.runtimeApi,
    SHLVL: "0",
  };
}

function libraryPath({ task, layers }: EnvironmentPaths): string {
  return [task, `${task}/lib`, ...layers.map((layer) => `${layer}/lib`)].join(":");
}

function searchPath({ exact, layers }: EnvironmentPaths): readonly string[] {
  return exact ? [EXACT_PATH] : [...SYSTEM_FOLDERS, ...layers.map((layer) => `${layer}/bin`)];
}
