import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MODULES = fileURLToPath(new URL("../../../infra/modules/", import.meta.url));

describe("infrastructure: the permissions of the apply role", () => {
  it("depend on tags, so the modules of infra/ manage no default resource of EC2 (aws_default_…), which would have no tag", () => {
    const found = readdirSync(MODULES).flatMap((name) =>
      readdirSync(join(MODULES, name))
        .filter((file) => file.endsWith(".tf"))
        .flatMap((file) => [
          ...readFileSync(join(MODULES, name, file), "utf8").matchAll(/^resource "(aws_default_\w+)"/gm),
        ])
        .map(([, type]) => `${name}: ${type}`),
    );
    expect(found).to.deep.equal([]);
  });
});
