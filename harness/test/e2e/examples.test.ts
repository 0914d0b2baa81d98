/** Runs the failure of README.md and its fix in each language (examples/) whose toolchain is installed. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describeInTestAll } from "../support/test-all.ts";
import { EXAMPLES, LANGUAGE_PAIRS, testSearch, testSoak } from "./language-pairs.ts";

describe("the source of the failure and of its fix", () => {
  for (const file of [
    ...["go/init-connect/main.go", "go/handler-connect/main.go"],
    ...["rust/init-connect/src/main.rs", "rust/handler-connect/src/main.rs"],
    ...["python/init_connect.py", "python/handler_connect.py"],
    ...["java/init-connect/Sensor.java", "java/handler-connect/Sensor.java"],
  ])
    it(`has fewer than 60 lines and does not use longrun: ${file}`, () => {
      const text = readFileSync(join(EXAMPLES, file), "utf8");
      expect(text.split("\n").length - 1).to.be.lessThan(60);
      expect(text).not.to.match(/longrun/);
    });
});

describeInTestAll("the failure and its fix in each language", function () {
  this.timeout(900_000);
  for (const pair of LANGUAGE_PAIRS)
    describe(`in ${pair.language}`, () => {
      testSoak(pair);
      // The search plays schedules, which know no language. The nightly run searches in the others (nightly/examples.test.ts).
      if (pair.language === "python") testSearch(pair);
    });
});
