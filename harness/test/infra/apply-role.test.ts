import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MODULES = fileURLToPath(new URL("../../../infra/modules/", import.meta.url));

describe("infrastructure: what the apply role may touch", () => {
  it("has nothing that takes over what EC2 made by itself: that bears no tag of ours, and by tag alone the role reaches things", () => {
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
