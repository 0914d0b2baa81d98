/** Tests that docs/designs.md shows what the search found, and that each of its schedules has the described effect on real processes. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/adapters/node/assets.ts";
import { DESIGNS, type Design } from "../../src/settings/function-choice.ts";
import { ADMISSIONS } from "../../src/words/admission.ts";
import { BREAKING_SCHEDULES, DEPTH, DESIGN_TABLE, SILENT_END } from "./design-table.ts";
import { foundBlock, FROM, TO } from "./designs-page.ts";
import { onStage } from "./on-stage.ts";

describe("docs/designs.md", () => {
  it("shows what the search found", () => {
    const page = readFileSync(join(packageRoot(), "docs", "designs.md"), "utf8");
    const from = page.indexOf(FROM);
    expect(page.slice(from + FROM.length, page.indexOf(TO)).trim()).to.equal(foundBlock(DESIGN_TABLE, DEPTH));
  });

  it("says how many schedules the search found", () => {
    const page = readFileSync(join(packageRoot(), "docs", "designs.md"), "utf8").replace(/\s+/g, " ");
    const of = (design: Design, steps: number): number | undefined => BREAKING_SCHEDULES.get(design)?.[steps];
    expect(page).to.include(
      `each of the schedules that broke it, ${of("handler-connect", 2)} of 2 steps and ${of("handler-connect", 3)} of 3 steps`,
    );
    expect(page).to.include(
      `Of the schedules of 3 steps, ${of("init-connect", 3)} break \`init-connect\` and ${of("graceful-connect", 3)} break \`graceful-connect\``,
    );
  });

  it("leaves out no design and no admission", () => {
    expect(DESIGN_TABLE.map(({ design, admission }) => `${design} ${admission}`)).to.deep.equal(
      DESIGNS.flatMap((design) => ADMISSIONS.map((admission) => `${design} ${admission}`)),
    );
  });
});

describe("the designs under the schedules that break one of them", () => {
  for (const design of DESIGNS) {
    it(`${design} is harmed by exactly the schedules that the table names`, async () => {
      const rows = DESIGN_TABLE.filter((row) => row.design === design);
      const harmed = await onStage(design, (play) =>
        Promise.all(
          rows.map(async ({ admission, breaking }) => (await play(breaking ?? SILENT_END, admission)).harmed),
        ),
      );
      expect(harmed).to.deep.equal(rows.map(({ breaking }) => breaking !== null));
    });
  }
});
