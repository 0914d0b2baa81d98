/**
 * The program that speaks to the Runtime API for a function: ours, or AWS's own aws-lambda-ric. Lays out the folder that becomes
 * LAMBDA_RUNTIME_DIR, once for each client. Installs nothing: where aws-lambda-ric is found is said by whoever starts the engine.
 */
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LongrunError } from "../../domain/errors.ts";
import type { FunctionSnapshot } from "../function-snapshot.ts";

export interface RuntimeClient {
  /** Becomes LAMBDA_RUNTIME_DIR. */
  readonly folder: string;
  /** Inside the folder; node runs it. */
  readonly file: string;
}

const RIC_PACKAGE = "aws-lambda-ric";
const OWN_FILE = "index.cjs";
const RIC_FILE = "bootstrap.mjs";

/** Client 3 exports how it is started, client 4 starts when it is loaded. */
const START_RIC = `const client = await import("./index.mjs");
if (client.run !== undefined) await client.run(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
`;

export interface RuntimeClientOptions {
  /** Folders of clients are made in it. */
  readonly folder: string;
  /** Our built client, one CommonJS file. */
  readonly bootstrapFile: string;
  /** Null: functions run under our own client. */
  readonly ricPackageOf: ((runtime: string) => string | null) | null;
}

export class RuntimeClients {
  private readonly options: RuntimeClientOptions;
  private readonly own: RuntimeClient;
  private readonly made = new Map<string, Promise<RuntimeClient>>();

  private constructor(options: RuntimeClientOptions, own: RuntimeClient) {
    this.options = options;
    this.own = own;
  }

  static async open(options: RuntimeClientOptions): Promise<RuntimeClients> {
    return new RuntimeClients(
      options,
      await ownClient(join(options.folder, "runtime"), options.bootstrapFile),
    );
  }

  /** Our own client, whatever functions run under. */
  get ours(): RuntimeClient {
    return this.own;
  }

  /** Rejects where AWS's client is wanted and is neither in the function's package nor installed for its runtime. */
  async of(snapshot: FunctionSnapshot): Promise<RuntimeClient> {
    const { ricPackageOf, folder } = this.options;
    if (ricPackageOf === null) return this.own;
    const packaged = join(snapshot.codeFolder, "node_modules", RIC_PACKAGE);
    const source = existsSync(join(packaged, "package.json")) ? packaged : ricPackageOf(snapshot.runtime);
    if (source === null) throw noClient(snapshot);
    let client = this.made.get(source);
    if (client === undefined) {
      client = ricClient(source, join(folder, `ric-${this.made.size + 1}`));
      this.made.set(source, client);
    }
    return await client;
  }
}

/** Our built client at its place in a folder of its own. */
export async function ownClient(folder: string, bootstrapFile: string): Promise<RuntimeClient> {
  await mkdir(folder, { recursive: true });
  await copyFile(bootstrapFile, join(folder, OWN_FILE));
  return { folder, file: OWN_FILE };
}

/** Copies what AWS's client consists of, since a package may lie where an environment's own mounts hide it. */
async function ricClient(source: string, folder: string): Promise<RuntimeClient> {
  await mkdir(folder, { recursive: true });
  // Client 3 keeps both files in dist, client 4 at its root.
  const from = existsSync(join(source, "dist", "index.mjs")) ? join(source, "dist") : source;
  const native = join(from, "rapid-client.node");
  if (!existsSync(native))
    throw new LongrunError("unavailable", `${source} has no rapid-client.node: it was not built.`, {
      hint: "npm builds it while it installs the package: cmake, a C++ compiler, autoconf, automake and libtool are needed",
    });
  await copyFile(native, join(folder, "rapid-client.node"));
  await writeFile(join(folder, "index.mjs"), await readFile(join(from, "index.mjs")));
  await writeFile(join(folder, RIC_FILE), START_RIC);
  return { folder, file: RIC_FILE };
}

function noClient({ functionName, runtime }: FunctionSnapshot): LongrunError {
  return new LongrunError(
    "unavailable",
    `${RIC_PACKAGE} is neither in the package of ${functionName} nor installed for ${runtime}.`,
    { hint: "longrun doctor --install-ric builds it into a cache" },
  );
}
