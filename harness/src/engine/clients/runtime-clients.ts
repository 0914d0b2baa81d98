/**
 * Prepares the runtime clients, which are the programs that call the Runtime API. Each client is prepared once, in a folder that becomes
 * LAMBDA_RUNTIME_DIR. Installs nothing.
 */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { notAvailable, type LongrunError } from "../../base/errors.ts";
import type { IsolationKind } from "../../words/isolation.ts";
import { runtimeOf, type ClientName } from "../../catalogue/runtimes/all-runtimes.ts";
import type { InstalledClient } from "../../catalogue/runtimes/installed-client.ts";
import type { FunctionSnapshot } from "../function-snapshot.ts";
import { placeOwnClient, placeRic, RIC_PACKAGE } from "./node/place-client.ts";
import { placeJavaClient } from "./java/place-client.ts";
import { placePythonClient } from "./python/place-client.ts";
import type { RuntimeClient } from "../runtime-client.ts";

export interface RuntimeClientOptions {
  /** The folder in which a folder for each client is created. */
  readonly folder: string;
  /** Our built client, one CommonJS file. */
  readonly bootstrapFile: string;
  /** Returns the folder of AWS's client for Node.js; null if it is not installed. The member is null if functions run with our client. */
  readonly ricPackageOf: ((runtime: string) => string | null) | null;
  /** Returns AWS's installed client for a runtime of another family, for example Java; null if it is not installed. */
  readonly installedClientOf: (runtime: string) => InstalledClient | null;
}

type MakeClient = (snapshot: FunctionSnapshot, isolation: IsolationKind) => Promise<RuntimeClient>;

export class RuntimeClients {
  readonly #options: RuntimeClientOptions;
  readonly #own: RuntimeClient;
  /** An empty folder, for packages that contain their own program. */
  readonly #none: RuntimeClient;
  readonly #clients: ReadonlyMap<string, MakeClient>;
  readonly #made = new Map<string, Promise<RuntimeClient>>();

  private constructor(options: RuntimeClientOptions, own: RuntimeClient, none: RuntimeClient) {
    this.#options = options;
    const clients: Readonly<Record<ClientName, MakeClient>> = {
      node: (snapshot) => this.#nodeClient(snapshot),
      java: (snapshot, isolation) => this.#javaClient(snapshot, isolation),
      python: (snapshot) => this.#pythonClient(snapshot),
    };
    this.#clients = new Map(Object.entries(clients));
    this.#own = own;
    this.#none = none;
  }

  static async open(options: RuntimeClientOptions): Promise<RuntimeClients> {
    const none = { folder: join(options.folder, "no-runtime"), file: "" };
    await mkdir(none.folder, { recursive: true });
    return new RuntimeClients(
      options,
      await placeOwnClient(join(options.folder, "runtime"), options.bootstrapFile),
      none,
    );
  }

  get ours(): RuntimeClient {
    return this.#own;
  }

  /** Rejects if the function needs AWS's client, but that client is neither in its package nor installed. */
  async of(snapshot: FunctionSnapshot, isolation: IsolationKind): Promise<RuntimeClient> {
    const { client } = runtimeOf(snapshot.runtime).local;
    const make = client === null ? undefined : this.#clients.get(client);
    return make === undefined ? this.#none : await make(snapshot, isolation);
  }

  /** Returns whether functions of a runtime run on our client only because AWS's client is not installed. */
  isReplaced(runtime: string): boolean {
    const { installedClientOf, ricPackageOf } = this.#options;
    return (
      runtimeOf(runtime).local.clientOfAws === "installed" &&
      ricPackageOf === null &&
      installedClientOf(runtime) === null
    );
  }

  async #nodeClient(snapshot: FunctionSnapshot): Promise<RuntimeClient> {
    const { ricPackageOf } = this.#options;
    if (ricPackageOf === null) return this.#own;
    const packaged = join(snapshot.codeFolder, "node_modules", RIC_PACKAGE);
    const source = existsSync(join(packaged, "package.json")) ? packaged : ricPackageOf(snapshot.runtime);
    if (source === null) throw noClientError(snapshot);
    return await this.#placed(source, (folder) => placeRic(source, folder));
  }

  async #javaClient(snapshot: FunctionSnapshot, isolation: IsolationKind): Promise<RuntimeClient> {
    const installed = this.#installed(snapshot);
    return await this.#placed(`${installed.folder}\0${installed.archive ?? ""}`, (folder) =>
      placeJavaClient(installed, folder, isolation),
    );
  }

  /** If AWS's client is not installed, returns ours, or rejects if functions must run with AWS's clients. */
  #pythonClient({ runtime }: FunctionSnapshot): Promise<RuntimeClient> {
    const { installedClientOf, ricPackageOf } = this.#options;
    const installed = installedClientOf(runtime);
    if (installed === null && ricPackageOf !== null) throw notInstalledError(runtime);
    return this.#placed(`python ${installed?.folder ?? ""}`, (folder) =>
      placePythonClient(installed, folder),
    );
  }

  #installed({ runtime }: FunctionSnapshot): InstalledClient {
    const source = this.#options.installedClientOf(runtime);
    if (source !== null) return source;
    throw notInstalledError(runtime);
  }

  #placed(source: string, place: (folder: string) => Promise<RuntimeClient>): Promise<RuntimeClient> {
    let client = this.#made.get(source);
    if (client === undefined) {
      client = place(join(this.#options.folder, `client-${this.#made.size + 1}`));
      this.#made.set(source, client);
      // The next environment tries again.
      client.catch(() => this.#made.delete(source));
    }
    return client;
  }
}

function notInstalledError(runtime: string): LongrunError {
  return notAvailable(`AWS's runtime client for ${runtime} is not installed.`, {
    hint: "longrun doctor --install-ric installs it in a cache",
  });
}

function noClientError({ functionName, runtime }: FunctionSnapshot): LongrunError {
  return notAvailable(
    `${RIC_PACKAGE} is neither in the package of ${functionName} nor installed for ${runtime}.`,
    { hint: "longrun doctor --install-ric builds it in a cache" },
  );
}
