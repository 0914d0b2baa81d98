/**
 * Runs the complete search over every design and admission. The search must find the schedules of docs/designs.md and no shorter ones.
 * Depth 3 takes half an hour on two processors, so it runs at night. `npm run test:designs` searches to depth 2 in four minutes.
 */
import { expect } from "chai";
import { explore } from "../../src/explore/explore.ts";
import { BREAKING_SCHEDULES, DEPTH, DESIGN_TABLE } from "../designs/design-table.ts";
import { onStage, playOptions } from "../designs/on-stage.ts";

const depth = Number(process.env["LONGRUN_DESIGNS_DEPTH"] ?? DEPTH);

describe(`the search over the shipped designs, complete to depth ${depth}`, function () {
  this.timeout(1_800_000);

  for (const { design, admission, breaking } of DESIGN_TABLE) {
    it(`${design} under ${admission} ${breaking === null ? "holds" : "breaks"}`, async () => {
      const { search, found } = await onStage(design, (_, stage) =>
        explore(stage, {
          ...playOptions(design, admission),
          depth,
          runs: 0,
          seed: 1,
          signal: new AbortController().signal,
          onEvent: () => {},
        }),
      );
      expect({
        complete: search.completeDepth,
        steps: found?.steps ?? null,
        shortest: found?.shortest ?? null,
        confirmed: found?.confirmed ?? null,
      }).to.deep.equal({
        complete: depth,
        steps: breaking,
        shortest: breaking === null ? null : true,
        confirmed: breaking === null ? null : true,
      });
      // These two designs are broken only if an environment ends without FIN or RST during an invocation, as when its host disappears.
      if (design === "handler-connect" || design === "lease-connect")
        expect(
          search.breaking.filter(
            (steps) => !steps.some((step) => step.step === "invoke-and-end" && step.ending === "silence"),
          ),
        ).to.deep.equal([]);
      const counts = admission === "refuse" ? BREAKING_SCHEDULES.get(design) : undefined;
      for (const [steps, count] of Object.entries(counts ?? {}))
        if (Number(steps) <= depth)
          expect(
            search.breaking.filter(({ length }) => length === Number(steps)),
            `schedules of ${steps} steps`,
          ).to.have.length(count);
    });
  }
});
