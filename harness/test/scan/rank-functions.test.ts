import { expect } from "chai";
import { rankFunctions } from "../../src/scan/rank-functions.ts";
import { scanText } from "../../src/scan/scan-text.ts";
import type { GroupCounts, LogGroupFacts, RankedGroup } from "../../src/scan/scanned-function.ts";
import { countsOf, groupOf, reservedOne } from "./scan-fixture.ts";

function ranked(
  groups: readonly LogGroupFacts[],
  counts: Readonly<Record<string, GroupCounts>>,
  notRead: readonly string[] = [],
): readonly RankedGroup[] {
  const byGroup = new Map(Object.entries(counts).map(([name, one]) => [`/aws/lambda/${name}`, one]));
  return rankFunctions(groups, byGroup, new Set(notRead.map((name) => `/aws/lambda/${name}`)));
}
const names = (all: readonly RankedGroup[]): readonly string[] =>
  all.map((one) => one.logGroup.replace("/aws/lambda/", ""));

describe("the ranking of a scan", () => {
  it("sorts functions by possible harm, then by INIT without INVOKE, overlap and connects", () => {
    const all = ranked(
      [
        groupOf("clear"),
        groupOf("many-silent"),
        reservedOne("overlap"),
        reservedOne("silent"),
        groupOf("connects"),
        reservedOne("quiet"),
      ],
      {
        clear: countsOf(),
        "many-silent": countsOf({ initWithoutInvoke: 90 }),
        overlap: countsOf({ minutesWithSeveral: 5 }),
        silent: countsOf({ initWithoutInvoke: 2, minutesWithSeveral: 0 }),
        connects: countsOf({ initConnects: 8 }),
        quiet: countsOf({ minutesWithSeveral: 0 }),
      },
    );
    // `many-silent` has neither reserved concurrency 1 nor a connect in the Init phase, so it does not rank as possible harm.
    expect(names(all)).to.deep.equal(["silent", "overlap", "connects", "many-silent", "quiet", "clear"]);
    expect(all.map((one) => one.rank)).to.deep.equal([1, 2, 3, 4, 5, 6]);
  });

  it("uses the smallest reserved concurrency of the functions that share a group, and says that several share it", () => {
    const shared = groupOf("shared", {
      functions: [
        { functionName: "a", reservedConcurrency: 5, startsVisible: true, snapStart: false },
        { functionName: "b", reservedConcurrency: 1, startsVisible: true, snapStart: true },
        { functionName: "c", reservedConcurrency: null, startsVisible: false, snapStart: false },
      ],
    });
    const [one] = ranked([shared], { shared: countsOf() });
    expect(one?.reservedConcurrency).to.equal(1);
    expect(one?.text).to.equal(
      "Initialised and never invoked: 0 of 10 environments. " +
        "The system log level of c hides the lines that a scan counts: set INFO or DEBUG. " +
        "SnapStart (b): in text logs, an environment that only made a snapshot counts as never invoked. " +
        "Several functions share this log group: longrun analyze tells them apart.",
    );
  });

  it("names the versions whose environments were never invoked, if there are several versions", () => {
    const versions = ["5", "4", "3", "2", "$LATEST"].map((version) => ({
      version,
      environments: 3,
      initWithoutInvoke: version === "$LATEST" ? 0 : 2,
      initConnects: null,
    }));
    const counts = { environments: 15, initWithoutInvoke: 8 };
    expect(
      ranked([groupOf("several"), groupOf("one")], {
        several: countsOf({ ...counts, versions }),
        one: countsOf({ ...counts, versions: versions.slice(0, 1) }),
      }).map(({ text }) => text),
    ).to.deep.equal([
      "Initialised and never invoked: 8 of 15 environments.",
      "Initialised and never invoked: 8 of 15 environments (version 5: 2 of 3, version 4: 2 of 3, version 3: 2 of 3, and 1 other version).",
    ]);
  });

  it("says what counts as an invocation in the log group of a Web Function", () => {
    const [one] = ranked([groupOf("web/shop", { functions: [] })], { "web/shop": countsOf() });
    expect(one?.text).to.equal(
      "Initialised and never invoked: 0 of 10 environments. A Web Function: an environment counts as invoked when it begins to serve requests.",
    );
  });

  it("distinguishes groups without log lines, groups that were not read and groups that cannot be queried", () => {
    const all = ranked(
      [groupOf("silent"), groupOf("unread"), groupOf("half"), groupOf("passed-on", { logClass: "DELIVERY" })],
      { half: countsOf({ environments: 1 }) },
      ["unread", "half"],
    );
    expect(Object.fromEntries(all.map((one) => [one.functionNames[0], one.text]))).to.deep.equal({
      silent: "Nothing was logged in this time.",
      unread: "It was not read.",
      half: "Initialised and never invoked: 0 of 1 environment. Not all of the log was read.",
      "passed-on": "Logs Insights does not query its log class, DELIVERY.",
    });
  });
});

describe("the report of a scan as text", () => {
  const shown = { columns: 80, region: "eu-west-1", since: "2026-11-24T00:00:00.000Z" };

  it("shows what was found, and how to examine it, in eighty columns", () => {
    const all = ranked([reservedOne("gateway"), groupOf("other"), groupOf("idle")], {
      gateway: countsOf({
        initWithoutInvoke: 1,
        minutesWithSeveral: 12,
        mostInAMinute: 3,
        initConnects: 9,
      }),
      other: countsOf(),
    });
    const text = scanText(all, shown);
    expect(text).to.equal(
      [
        "  1  gateway  reserved concurrency 1",
        "     Initialised and never invoked: 1 of 10 environments; Inits or invocations",
        "     of several environments in 12 minutes (at most 3); 9 connects in the Init",
        "     phase.",
        "     longrun analyze --region eu-west-1 --since 2026-11-24T00:00:00.000Z \\",
        "       --log-group /aws/lambda/gateway",
        "",
        "Nothing was found in the other 1 log group that logged.",
        "Nothing is known of 1 log group: --json names them.",
        "",
      ].join("\n"),
    );
    for (const line of text.split("\n")) expect(line.length, line).to.be.at.most(80);
  });

  it("wraps the names of many functions", () => {
    const functions = Array.from({ length: 9 }, (_, index) => ({
      functionName: `a-function-with-a-name-${index}`,
      reservedConcurrency: 1,
      startsVisible: true,
      snapStart: false,
    }));
    const text = scanText(
      ranked([groupOf("g", { functions })], { g: countsOf({ initWithoutInvoke: 1 }) }),
      shown,
    );
    for (const line of text.split("\n")) expect(line.length, line).to.be.at.most(80);
  });

  it("says that nothing was found, or that there is no function to examine", () => {
    expect(scanText(ranked([groupOf("f")], { f: countsOf() }), shown)).to.equal(
      "Nothing was found in 1 log group that logged.\n",
    );
    expect(scanText([], shown)).to.equal("There is no log group of a Lambda function in eu-west-1.\n");
  });
});
