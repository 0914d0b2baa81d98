import { expect } from "chai";
import type { AccountFacts } from "../../src/doctor/account-facts.ts";
import { doctorExitCode } from "../../src/doctor/doctor-exit-code.ts";
import { diagnoseAccount } from "../../src/doctor/diagnose-account.ts";
import { accountFacts, functionFacts, seen, unseen } from "./account-facts-fixture.ts";

const CHECKS = [
  "credentials",
  "region",
  "concurrency-quota",
  "function-state",
  "last-update",
  "reserved-concurrency",
  "logging",
  "log-group",
  "metrics",
  "levers",
];

interface Row {
  readonly title: string;
  readonly facts: Partial<AccountFacts>;
  readonly check: string;
  readonly status: "clear" | "problem" | "notice" | "unknown";
  readonly text: RegExp;
  readonly advice: RegExp;
}

const one = (...given: Parameters<typeof functionFacts>): Partial<AccountFacts> => ({
  functions: [functionFacts(...given)],
});

const ROWS: readonly Row[] = [
  {
    title: "the function runs on Managed Instances",
    facts: one({ kinds: ["managed-instances"] }),
    check: "function-kind",
    status: "notice",
    text: /Managed Instances/,
    advice: /--capacity/,
  },
  {
    title: "the function needs a tenant",
    facts: one({ kinds: ["tenants"] }),
    check: "function-kind",
    status: "problem",
    text: /refuses every invocation without a tenant/,
    advice: /--tenants NUMBER/,
  },
  {
    title: "only published versions of the function can be invoked",
    facts: one({ state: "ActiveNonInvocable" }),
    check: "function-state",
    status: "problem",
    text: /only published versions/,
    advice: /\$LATEST\.PUBLISHED/,
  },
  {
    title: "the function is durable",
    facts: one({ kinds: ["durable"] }),
    check: "function-kind",
    status: "notice",
    text: /durable/,
    advice: /no wait/,
  },
  {
    title: "the log group has a class whose events cannot be read",
    facts: one({}, { logGroup: seen({ retentionDays: 30, logClass: "INFREQUENT_ACCESS" }) }),
    check: "log-group",
    status: "problem",
    text: /INFREQUENT_ACCESS: AWS refuses to return its events/,
    advice: /STANDARD/,
  },
  {
    title: "the credentials are missing or expired",
    facts: { credentials: unseen("signed-out", "lambda:GetAccountSettings") },
    check: "credentials",
    status: "unknown",
    text: /as AWS said it/,
    advice: /aws sso login/,
  },
  {
    title: "there is no permission to read metrics",
    facts: one({}, { metrics: unseen("denied", "cloudwatch:GetMetricData") }),
    check: "metrics",
    status: "notice",
    text: /the permission cloudwatch:GetMetricData is missing\): without them, the outcome is unknown/,
    advice: /Add cloudwatch:GetMetricData/,
  },
  {
    title: "no version can be published",
    facts: one({}, { levers: [unseen("denied", "lambda:PublishVersion")] }),
    check: "levers",
    status: "notice",
    text: /^Not allowed with --provoke: versions, provisioned, because AWS refused lambda:PublishVersion\. --provoke may be allowed: update\. lambda:DeleteFunction, .* not asked for/,
    advice: /docs\/permissions\.md#provoking-the-hazard/,
  },
  {
    title: "no lever can be pulled",
    facts: one({}, { levers: [unseen("other", "lambda:UpdateFunctionConfiguration")] }),
    check: "levers",
    status: "notice",
    text: /^Not allowed with --provoke: versions, update, provisioned, because AWS refused lambda:UpdateFunctionConfiguration \(as AWS said it\)\.$/,
    advice: /without --provoke/,
  },
  {
    title: "the quota leaves no room for a reservation",
    facts: {
      limits: seen({ concurrent: 10, unreserved: 10 }),
      ...one({}, { reservedConcurrency: seen(null) }),
    },
    check: "concurrency-quota",
    status: "problem",
    text: /10 of 10 .*, and 1 function needs a reservation: AWS keeps at least 10/,
    advice: /Service Quotas/,
  },
  {
    title: "only AWS knows whether the quota leaves room for a reservation",
    facts: {
      limits: seen({ concurrent: 50, unreserved: 50 }),
      ...one({}, { reservedConcurrency: seen(null) }),
    },
    check: "concurrency-quota",
    status: "unknown",
    text: /50 of 50 .*AWS decides how many must stay unreserved/,
    advice: /Service Quotas/,
  },
  {
    title: "there is no permission to read the account's limits",
    facts: { limits: unseen("denied", "lambda:GetAccountSettings") },
    check: "concurrency-quota",
    status: "unknown",
    text: /the permission lambda:GetAccountSettings is missing/,
    advice: /Add lambda:GetAccountSettings/,
  },
  {
    title: "the function does not exist",
    facts: {
      functions: [{ ...functionFacts(), configuration: unseen("absent", "lambda:GetFunctionConfiguration") }],
    },
    check: "function-state",
    status: "problem",
    text: /There is no function one/,
    advice: /make deploy/,
  },
  {
    title: "there is no permission to read the function",
    facts: {
      functions: [{ ...functionFacts(), configuration: unseen("denied", "lambda:GetFunctionConfiguration") }],
    },
    check: "function-state",
    status: "unknown",
    text: /lambda:GetFunctionConfiguration is missing/,
    advice: /docs\/permissions/,
  },
  {
    title: "AWS does not answer",
    facts: {
      functions: [
        { ...functionFacts(), configuration: unseen("unreachable", "lambda:GetFunctionConfiguration") },
      ],
    },
    check: "function-state",
    status: "unknown",
    text: /AWS does not answer/,
    advice: /network/,
  },
  {
    title: "the function is Pending",
    facts: one({ state: "Pending", stateReason: "The function is being created." }),
    check: "function-state",
    status: "problem",
    text: /Pending \(The function/,
    advice: /function-active-v2/,
  },
  {
    title: "the function is Inactive",
    facts: one({ state: "Inactive" }),
    check: "function-state",
    status: "problem",
    text: /Inactive/,
    advice: /Invoke it once/,
  },
  {
    title: "the function is Failed",
    facts: one({ state: "Failed", stateReason: "subnets" }),
    check: "function-state",
    status: "problem",
    text: /Failed \(subnets\)/,
    advice: /deploy it again/,
  },
  {
    title: "an update failed",
    facts: one({ lastUpdateStatus: "Failed", lastUpdateReason: "role" }),
    check: "last-update",
    status: "problem",
    text: /failed \(role\)/,
    advice: /Deploy/,
  },
  {
    title: "an update is in progress",
    facts: one({ lastUpdateStatus: "InProgress" }),
    check: "last-update",
    status: "problem",
    text: /under way/,
    advice: /function-updated-v2/,
  },
  {
    title: "no concurrency is reserved",
    facts: one({}, { reservedConcurrency: seen(null) }),
    check: "reserved-concurrency",
    status: "problem",
    text: /executions may overlap/,
    advice: /put-function-concurrency --function-name one --reserved-concurrent-executions 1$/,
  },
  {
    title: "a concurrency of zero is reserved",
    facts: one({}, { reservedConcurrency: seen(0) }),
    check: "reserved-concurrency",
    status: "problem",
    text: /every invocation is throttled/,
    advice: /not intended/,
  },
  {
    title: "a concurrency of five is reserved",
    facts: one({}, { reservedConcurrency: seen(5) }),
    check: "reserved-concurrency",
    status: "problem",
    text: /is 5/,
    advice: /put-function-concurrency/,
  },
  {
    title: "there is no permission to read reservations",
    facts: one({}, { reservedConcurrency: unseen("denied", "lambda:GetFunctionConcurrency") }),
    check: "reserved-concurrency",
    status: "unknown",
    text: /lambda:GetFunctionConcurrency/,
    advice: /Add/,
  },
  {
    title: "the log format is text",
    facts: one({ logFormat: "Text", systemLogLevel: null, applicationLogLevel: null }),
    check: "logging",
    status: "notice",
    text: /Logs are text/,
    advice: /LogFormat=JSON,SystemLogLevel=DEBUG/,
  },
  {
    title: "the system level is INFO",
    facts: one({ systemLogLevel: "INFO" }),
    check: "logging",
    status: "notice",
    text: /end of a successful Init is not logged/,
    advice: /SystemLogLevel=DEBUG/,
  },
  {
    title: "the system level is WARN",
    facts: one({ systemLogLevel: "WARN" }),
    check: "logging",
    status: "problem",
    text: /these invocations are missing from the evidence/,
    advice: /SystemLogLevel=DEBUG/,
  },
  {
    title: "the application log level hides the lifecycle lines",
    facts: one({ applicationLogLevel: "ERROR" }),
    check: "logging",
    status: "problem",
    text: /lifecycle lines/,
    advice: /ApplicationLogLevel=INFO/,
  },
  {
    title: "there is no log group yet",
    facts: one({}, { logGroup: unseen("absent", "logs:DescribeLogGroups") }),
    check: "log-group",
    status: "notice",
    text: /does not exist yet/,
    advice: /create-log-group --log-group-name \/aws\/lambda\/one/,
  },
  {
    title: "the log group has no retention",
    facts: one({}, { logGroup: seen({ retentionDays: null, logClass: "STANDARD" }) }),
    check: "log-group",
    status: "notice",
    text: /keeps its events for ever/,
    advice: /put-retention-policy/,
  },
  {
    title: "there is no permission to list log groups",
    facts: one({}, { logGroup: unseen("denied", "logs:DescribeLogGroups") }),
    check: "log-group",
    status: "unknown",
    text: /logs:DescribeLogGroups is missing/,
    advice: /Add/,
  },
];

describe("doctor on an account", () => {
  it("has a clear result for each check of a healthy account", () => {
    const findings = diagnoseAccount(accountFacts());
    expect(findings.map(({ check, status, advice }) => [check, status, advice])).to.deep.equal(
      CHECKS.map((check) => [check, "clear", null]),
    );
    expect(doctorExitCode(findings)).to.equal(0);
  });

  it("needs no room for reservations if each function has its reservation already", () => {
    const facts = accountFacts({
      limits: seen({ concurrent: 10, unreserved: 9 }),
      ...one({}, { reservedConcurrency: seen(1) }),
    });
    const quota = diagnoseAccount(facts).find(({ check }) => check === "concurrency-quota");
    expect([quota?.status, quota?.text]).to.deep.equal([
      "clear",
      "9 of 10 concurrent executions are unreserved. Each function has its reservation already.",
    ]);
  });

  for (const { title, facts, check, status, text, advice } of ROWS) {
    it(`reports the problem and what to do: ${title}`, () => {
      const found = diagnoseAccount(accountFacts(facts)).filter((finding) => finding.check === check);
      expect(found).to.have.lengthOf(1);
      expect(found[0]?.status).to.equal(status);
      expect(found[0]?.text).to.match(text);
      expect(found[0]?.advice).to.match(advice);
    });
  }

  it("checks only credentials and Region if the credentials are not valid", () => {
    const findings = diagnoseAccount(
      accountFacts({ credentials: unseen("signed-out", "lambda:GetAccountSettings") }),
    );
    expect(findings.map(({ check }) => check)).to.deep.equal(["credentials", "region"]);
  });

  it("requires room in the quota only for the functions that have no reservation yet", () => {
    const functions = [
      functionFacts(),
      functionFacts({}, { reservedConcurrency: seen(null) }),
      functionFacts({}, { reservedConcurrency: seen(null) }),
    ];
    const statusOf = (unreserved: number) =>
      diagnoseAccount(accountFacts({ functions, limits: seen({ concurrent: 1_000, unreserved }) }))[2]
        ?.status;
    expect([statusOf(102), statusOf(101)]).to.deep.equal(["clear", "unknown"]);
  });

  for (const [statuses, code] of [
    [["clear", "notice"], 0],
    [["clear", "problem"], 1],
    [["unknown", "problem"], 69],
  ] as const) {
    it(`exits with ${code} for ${statuses.join(" and ")}`, () => {
      expect(
        doctorExitCode(
          statuses.map((status) => ({ check: "one", status, subject: null, text: "", advice: null })),
        ),
      ).to.equal(code);
    });
  }
});
