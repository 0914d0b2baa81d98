/**
 * What was never run against real AWS, one row for each claim, with the probe that would show it and the result that is expected.
 * docs/verified.md is made from this list. Pure data.
 */

/** What must be deployed to see a row: only functions with their logs and roles (`lambda`), or also networks, tasks and images (`full`). */
export const TIERS = ["lambda", "full"] as const;
export type Tier = (typeof TIERS)[number];

export interface Row {
  readonly id: string;
  readonly what: string;
  /** How far it was checked without an account. */
  readonly checked: string;
  /** What could differ on AWS. */
  readonly risk: string;
  readonly tier: Tier;
  readonly probe: string;
  readonly expected: string;
}

export const ROWS = [
  {
    id: "deploy",
    what: "`make deploy TARGET=aws` as a whole",
    checked: "the same composition and scripts with `TARGET=local`; settings and failures by tests",
    risk: "sign-in, Region, time-outs",
    tier: "lambda",
    probe: "deploys one function outside of any VPC, and then makes a second plan",
    expected: "the apply succeeds, the function is active, the second plan is empty",
  },
  {
    id: "unused-init",
    what: "an environment that is initialised and never invoked, on demand",
    checked: "the engine's provisioned environments, by the documentation",
    risk: "whether its Init is in the log, in which stream, and when",
    tier: "lambda",
    probe:
      "publishes a version, asks for one provisioned environment of it, invokes only `$LATEST`, and reads the log",
    expected:
      "a stream of that version has the end of an Init and no START; `$LATEST` is served by another stream",
  },
  {
    id: "throttle",
    what: "reserved concurrency beside a provisioned environment",
    checked: "the engine, by the documentation",
    risk: "the status and the reason of the refusal, and how many places the provisioned environment takes",
    tier: "lambda",
    probe: "reserves 2, keeps 1 provisioned, and invokes `$LATEST` while it runs",
    expected:
      "the second invocation is refused with 429 and ReservedFunctionConcurrentInvocationLimitExceeded",
  },
  {
    id: "time-out",
    what: "how the log shows a time-out",
    checked: "recorded lines of public sources; the engine writes the same",
    risk: "the words of the platform's lines",
    tier: "lambda",
    probe: "invokes a handler that never returns",
    expected: "a function error, and a REPORT with status timeout for the same request id",
  },
  {
    id: "crash",
    what: "how the log shows a process that ended",
    checked: "recorded lines of public sources; the engine writes the same",
    risk: "the words of the platform's lines",
    tier: "lambda",
    probe: "invokes a handler that ends its process",
    expected:
      "a function error, and a REPORT with status error and Runtime.ExitError for the same request id",
  },
  {
    id: "update",
    what: "a change of the configuration makes new environments",
    checked: "the engine, by the documentation",
    risk: "when the next invocation gets a new environment",
    tier: "lambda",
    probe: "invokes, changes an environment variable, waits until the update is complete, invokes again",
    expected: "the second invocation runs in another log stream and sees the new value",
  },
  {
    id: "metric-filter",
    what: "alarms and metric filter",
    checked: "alarms in moto; the filter's pattern by reading",
    risk: "whether the pattern matches lifecycle lines in JSON groups",
    tier: "lambda",
    probe:
      "lets the function write one line that counts and one that does not, and searches the log with the deployed filter's pattern",
    expected: "exactly the line that counts is found",
  },
  {
    id: "sweep",
    what: "the sweep after `make destroy`",
    checked: "the requests and answers, by a substitute; an apply and a destroy in moto",
    risk: "which resources AWS still lists by their tag, and for how long",
    tier: "lambda",
    probe: "destroys the deployment and looks for it by tag and by name",
    expected: "nothing is found",
  },
  {
    id: "metrics",
    what: "CloudWatch's metrics as a second witness",
    checked: "GetMetricData answered by moto; the comparison by random stories",
    risk: "how late real data points come, and how near to the edge of a minute an invocation can be counted in the neighbouring minute",
    tier: "lambda",
    probe: "`make longrun TARGET=aws`, then the second witness in its report",
    expected: "the metrics agree with the log",
  },
  {
    id: "log-queries",
    what: "the queries of `longrun scan`",
    checked: "over lines in AWS's formats by a model of the query language; the API by a fake",
    risk: "how Logs Insights treats a field that is absent; more than 10 000 environments in one query",
    tier: "lambda",
    probe: "`longrun scan` in an account with a deployed function",
    expected: "the function is listed with its number of environments",
  },
  {
    id: "nodejs24",
    what: "nodejs24.x",
    checked: "never applied: provider 5.100 refuses the name",
    risk: "needs provider major 6",
    tier: "lambda",
    probe: "a deployment with `runtime` nodejs24.x and provider major 6",
    expected: "the function is made and answers",
  },
  {
    id: "provider-6",
    what: "provider major 6, Terraform 1.9 and 1.10, OpenTofu 1.9",
    checked: "written for, not run here (1.11.4 and provider 5.100.0 were)",
    risk: "attributes that were renamed",
    tier: "lambda",
    probe: "`make plan` and `make deploy` with each",
    expected: "the apply succeeds, the second plan is empty",
  },
  {
    id: "logs-kms",
    what: "KMS for log groups",
    checked: "by reading",
    risk: "the key's policy",
    tier: "lambda",
    probe: "a deployment with `logs.kms_key_arn`",
    expected: "the group is made, and lines arrive in it",
  },
  {
    id: "state-s3",
    what: "S3 backend with `use_lockfile`",
    checked: "the file that is written, by reading",
    risk: "a first `init` against a bucket",
    tier: "lambda",
    probe: "`make deploy TARGET=aws STATE=s3://BUCKET/KEY`",
    expected: "the state and its lock are in the bucket",
  },
  {
    id: "taken-names",
    what: "names that are taken, and recovery after a killed apply",
    checked:
      "Terraform killed while it made the function, unlocked, imported, deployed, with moto for everything",
    risk: "rights to read (`iam:GetRole`, …): without them Terraform reports it during the apply",
    tier: "lambda",
    probe: "`kill -9` of Terraform during an apply, then the steps of docs/deploy.md",
    expected: "each existing name is listed with its `terraform import`, and the next deploy succeeds",
  },
  {
    id: "quota",
    what: "what must stay unreserved of the quota of concurrent executions",
    checked: "the answer of AWS is explained",
    risk: "which number a small account gets ([what is known](aws/concurrency.md#reserved-concurrency))",
    tier: "lambda",
    probe: "a deployment in a new account",
    expected: "the refusal names the number that must stay unreserved",
  },
  {
    id: "lease",
    what: "lease table",
    checked: "lease-connect against DynamoDB look-alikes",
    risk: "throttling, the role's `LeadingKeys` condition",
    tier: "lambda",
    probe: "a lease with the key of another function",
    expected: "AccessDenied",
  },
  {
    id: "costs",
    what: "costs",
    checked: "computed from price pages",
    risk: "your bill",
    tier: "full",
    probe: "the bill of a day with a deployment",
    expected: "infra/README.md's table",
  },
  {
    id: "workflows",
    what: "the workflows that sign in to AWS, and the release",
    checked:
      "actionlint, zizmor, our rules (`scripts/workflow-rules.ts`); what they call, by tests with `TARGET=local`",
    risk: "whether an apply that waits for approval already blocks a nightly soak; what a cancelled soak still saves",
    tier: "full",
    probe: "a deployment by the workflow, and the nightly soak",
    expected: "plan, approval, apply; the soak's run is stored",
  },
  {
    id: "policies",
    what: "IAM policies of function, peer, runner",
    checked: "asserted in `*.tftest.hcl`, checkov; the boundary names the deployment's own resources",
    risk: "a missing action or resource shows as AccessDenied at the first use",
    tier: "full",
    probe: "a soak with managed peers, and the runner's task",
    expected: "no AccessDenied in any log",
  },
  {
    id: "github-roles",
    what: "`github-oidc`: plan and apply roles, boundary",
    checked: "created in moto; trust (also subjects with ids) and scope asserted",
    risk: "an apply may need an action that is not listed ([why some are](aws/deployment.md#cloud-map)); a provider of major 6 may ask for others",
    tier: "full",
    probe: "plan, apply and destroy under exactly these roles",
    expected: "no AccessDenied",
  },
  {
    id: "managed-peer",
    what: "managed peer on Fargate",
    checked: "created in moto; promises asserted",
    risk: "image, start, health check, two-never-at-once during a deployment, name resolution from a function",
    tier: "full",
    probe: "a deployment with `PEER=managed`; then the peer's task is stopped",
    expected: "the functions are served; never two tasks of one service run",
  },
  {
    id: "zones",
    what: "which availability zones run Lambda and Fargate",
    checked: "AWS publishes the list for Fargate, but none for Lambda (`network.create.exclude_zone_ids`)",
    risk: "an apply that fails at a subnet's zone: add its id",
    tier: "full",
    probe: "a deployment with `network.create` in each Region that is used",
    expected: "the apply succeeds",
  },
  {
    id: "reachability",
    what: "security groups, endpoints, NAT",
    checked: "created in moto",
    risk: "reachability: ECR, S3 and Logs from a subnet without NAT",
    tier: "full",
    probe: "a managed peer in a network without NAT",
    expected: "its task starts and its log has lines",
  },
  {
    id: "runner",
    what: "runner",
    checked:
      "task definition made and RunTask, ListTasks answered by moto, which starts nothing; the soak's command asserted; the image and its upload are not part of this repository's tests",
    risk: "that the task starts and a day passes in it; the mounted volume belongs to user 1000 ([why](aws/deployment.md#volumes-of-a-task)); upload after SIGTERM within 120 s; a task that AWS retires for maintenance",
    tier: "full",
    probe: "`make runner`, then StopTask",
    expected: "the run is in the bucket, complete but for its end",
  },
  {
    id: "image",
    what: "`make image`",
    checked: "the calls of podman or docker and ECR's answers, by substitutes",
    risk: "a real build, also for the other processor, and a push",
    tier: "full",
    probe: "`make image TARGET=aws`, twice",
    expected: "both images are in the repository; the second call does nothing",
  },
  {
    id: "cloud-map",
    what: "Cloud Map names",
    checked: "created in moto",
    risk: "how long a function sees the old address after a task was replaced (TTL 5 s)",
    tier: "full",
    probe: "a soak while the peer's task is replaced",
    expected: "the function reaches the new task some seconds after it runs",
  },
  {
    id: "vpc-destroy",
    what: "destroying a function in a VPC",
    checked: "in moto",
    risk: "up to 20 minutes for its interfaces",
    tier: "full",
    probe: "`make destroy` of a deployment with a network",
    expected: "the destroy succeeds at the first attempt",
  },
] as const satisfies readonly Row[];

export type RowId = (typeof ROWS)[number]["id"];
