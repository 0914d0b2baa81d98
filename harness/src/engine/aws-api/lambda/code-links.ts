/** URLs that serve a deployment package without an authorization for ten minutes, like AWS's presigned S3 links. */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../../run/ports/clock.ts";
import type { CodeStore } from "../../registry/packages/code-store.ts";
import type { StoredPackage } from "../../registry/packages/stored-package.ts";

export const CODE_PATH = "/_longrun/code/";
const VALID_MS = 600_000;

export class CodeLinks {
  readonly #secret = randomBytes(32);
  readonly #clock: Clock;
  readonly #codeStore: CodeStore;

  constructor(options: { readonly clock: Clock; readonly codeStore: CodeStore }) {
    this.#clock = options.clock;
    this.#codeStore = options.codeStore;
  }

  /** Returns the path and the query of the URL. */
  pathOf({ folder }: StoredPackage): string {
    const until = String(this.#clock.now() + VALID_MS);
    return `${CODE_PATH}${folder}?until=${until}&signature=${this.#sign(folder, until).toString("hex")}`;
  }

  /** Returns the zip if this engine made the link and it has not expired, else null. */
  async open(path: string, query: URLSearchParams): Promise<Buffer | null> {
    const folder = path.slice(CODE_PATH.length);
    const until = query.get("until") ?? "";
    const signature = Buffer.from(query.get("signature") ?? "", "hex");
    const expected = this.#sign(folder, until);
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return null;
    if (Number(until) < this.#clock.now()) return null;
    return this.#codeStore.zipOf({ folder });
  }

  #sign(folder: string, until: string): Buffer {
    return createHmac("sha256", this.#secret).update(`${folder}\n${until}`).digest();
  }
}
