import { expect } from "chai";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import { runInCheckout } from "../../../src/adapters/node/checkout-script.ts";
import { packageRoot } from "../../../src/adapters/node/assets.ts";

describe("a command that runs a script of the repository", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "longrun-checkout-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("is refused without a clone of the repository, and the error says what to do", async () => {
    const refused = await runInCheckout("verify", env, root).then(
      () => null,
      (error: unknown) => error,
    );
    expect(refused).to.include({ code: "unavailable", hint: "Clone the repository, then: make verify" });
  });

  it("passes its name and its environment to the script, and returns the script's exit code", async () => {
    mkdirSync(join(root, "scripts/infra"), { recursive: true });
    writeFileSync(
      join(root, "scripts/infra/infra.ts"),
      'process.exit(process.argv[2] === "verify" && process.env["TIER"] === "full" ? 42 : 1);',
    );
    symlinkSync(join(packageRoot(), "node_modules"), join(root, "node_modules"));
    expect(await runInCheckout("verify", { ...env, TIER: "full" }, root)).to.equal(42);
  });
});
