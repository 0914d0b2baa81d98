/** Tests that the last table of docs/fidelity.md has the number of tests of each conformance suite. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/adapters/node/assets.ts";
import { BOTO3_SCRIPTS } from "./clients/boto3-checks.ts";
import { FAMILIES } from "./families/all-families.ts";
import { operationRows } from "./operations/operation-rows.ts";
import { GROUPS } from "./runtime-client/cases.ts";
import { isCall, recordedSessions } from "./recorded/sessions.ts";

const sessions = recordedSessions();
const calls = sessions.flatMap(({ steps }) => steps.filter(isCall)).length;
const behaviours = FAMILIES.map(
  ({ invocations, ends, inits, json }) =>
    [...invocations, ...ends, ...inits, ...(json === null ? [] : [json])].length,
).reduce((sum, count) => sum + count, 0);
const COUNTS: Readonly<Record<string, string>> = {
  recorded: `${sessions.length} sessions with ${calls} calls`,
  clients: `${BOTO3_SCRIPTS.flatMap(({ checks }) => checks).length} checks of boto3`,
  "runtime-client": `${GROUPS.flatMap(([, cases]) => cases).length} functions`,
  families: `${behaviours} behaviours of functions`,
  operations: `${operationRows("lambda").length} operations of Lambda and ${operationRows("logs").length} of CloudWatch Logs`,
};

describe("conformance: the last table of docs/fidelity.md", () => {
  const document = readFileSync(join(packageRoot(), "docs", "fidelity.md"), "utf8");
  for (const [suite, counted] of Object.entries(COUNTS))
    it(`has the number of tests of conformance:${suite}`, () => {
      const row = document.split("\n").find((line) => line.includes(`npm run conformance:${suite}`));
      expect(row).to.contain(counted);
    });
});
