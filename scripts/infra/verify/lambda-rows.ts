/** The rows of tier `lambda`: claims that can be checked on AWS with only functions, their logs and their roles. */
import type { Row } from "./row.ts";

export const LAMBDA_ROWS = [
  {
    id: "deploy",
    what: "`make deploy TARGET=aws` as a whole",
    checked:
      "the same Terraform configuration and scripts with `TARGET=local`; settings and failures by tests",
    risk: "sign-in, Region, time-outs",
    tier: "lambda",
    probe: "deploys one function outside of any VPC, and then makes a second plan",
    expected: "the apply succeeds, the function is active, the second plan is empty",
  },
  {
    id: "unused-init",
    what: "an environment that is initialised and never invoked, made by provisioned concurrency",
    checked: "only on the engine, whose provisioned environments follow AWS's documentation",
    risk: "whether its Init is in the log, in which stream, and when",
    tier: "lambda",
    probe:
      "publishes a version, asks for one provisioned environment of it, invokes only `$LATEST`, and reads the log",
    expected:
      "a stream of that version has the end of an Init and no START; `$LATEST` is served by another stream",
  },
  {
    id: "unused-init-cost",
    what: "what an unused Init costs",
    checked: "not known: no document says it for Inits that no invocation follows",
    risk: "whether the log shows the cost",
    tier: "lambda",
    probe: "reads the report of the unused Init in the log",
    expected: "a duration, and no billed duration: only the bill shows the cost",
  },
  {
    id: "throttle",
    what: "reserved concurrency beside a provisioned environment",
    checked: "only on the engine, which follows AWS's documentation",
    risk: "the status and the reason of the refusal, and how much of the reserved concurrency the provisioned environment takes",
    tier: "lambda",
    probe:
      "reserves 2, keeps 1 environment provisioned, and sends two invocations of `$LATEST` at the same time",
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
    id: "frozen-clock",
    what: "the clocks of a frozen environment",
    checked: "the engine stops processes, and the clocks go on; unknown for AWS",
    risk: "whether AWS stops processes or a machine",
    tier: "lambda",
    probe:
      "invokes twice with 20 s between, and lets the function compare the wall clock with the monotonic one",
    expected: "both clocks show the same time between the invocations",
  },
  {
    id: "update",
    what: "a change of the configuration makes new environments",
    checked: "only on the engine, which follows AWS's documentation",
    risk: "when the next invocation gets a new environment",
    tier: "lambda",
    probe: "invokes, changes an environment variable, waits until the update is complete, invokes again",
    expected: "the second invocation runs in another log stream and sees the new value",
  },
  {
    id: "metric-filter",
    what: "alarms and metric filter",
    checked: "alarms in moto; the filter's pattern only by reading the code",
    risk: "whether the pattern matches lifecycle lines in log groups with format JSON",
    tier: "lambda",
    probe:
      "lets the function write a line about a refused connection and a line about an accepted one, and searches the log with the deployed filter's pattern",
    expected: "only the line about the refused connection is found",
  },
  {
    id: "sweep",
    what: "the sweep after `make destroy`",
    checked:
      "its requests and answers in tests, against a local server with made-up answers; an apply and a destroy in moto",
    risk: "which resources AWS still lists by their tag, and for how long",
    tier: "lambda",
    probe: "destroys the deployment and looks for it by tag and by name",
    expected: "nothing is found",
  },
  {
    id: "metrics",
    what: "CloudWatch's metrics as a second witness",
    checked: "GetMetricData against moto; the comparison in property tests with random logs and counts",
    risk: "how late real data points come, and how far from the end of a minute an invocation can be and still be counted in the neighbouring minute",
    tier: "lambda",
    probe:
      "counts the STARTs of its own invocations by minute, and asks GetMetricData until CloudWatch counts as many",
    expected: "CloudWatch counts all invocations of the log within a quarter of an hour",
  },
  {
    id: "log-queries",
    what: "the queries of `longrun scan`",
    checked:
      "the queries run on lines in AWS's formats, in our model of the query language; the API calls go to a local server with made-up answers",
    risk: "how Logs Insights treats a field that is absent; more than 10 000 environments in one query",
    tier: "lambda",
    probe:
      "runs `longrun scan` over the time since the verification began, and counts the same environments in the log",
    expected: "the same numbers of environments and of environments that were never invoked",
  },
  {
    id: "nodejs24",
    what: "nodejs24.x",
    checked: "the engine; never applied by Terraform: provider 5.100 refuses the name",
    risk: "whether AWS accepts this runtime for a function that was made with nodejs22.x",
    tier: "lambda",
    probe: "changes the function's runtime to nodejs24.x through the API and invokes it",
    expected: "the invocation succeeds, and AWS_EXECUTION_ENV is AWS_Lambda_nodejs24.x",
  },
  {
    id: "provider-6",
    what: "provider major 6, Terraform 1.9 and 1.10, OpenTofu 1.9",
    checked: "the code is written for them, but was run here only with Terraform 1.11.4 and provider 5.100.0",
    risk: "attributes that were renamed",
    tier: "lambda",
    probe:
      "says with which versions it deployed (`TF=tofu`, or `terraform init -upgrade` in infra/ beforehand, changes the versions)",
    expected: "the apply succeeds, the second plan is empty",
  },
  {
    id: "logs-kms",
    what: "KMS for log groups",
    checked: "only by reading the code",
    risk: "the key's policy",
    tier: "lambda",
    probe: "reads the group's key and the lines of an invocation, if `VARS` names a key",
    expected: "the group has the key, and lines arrive in it",
  },
  {
    id: "state-s3",
    what: "S3 backend with `use_lockfile`",
    checked: "the file `infra/backend_override.tf`, only by reading the code",
    risk: "a first `init` against a bucket",
    tier: "lambda",
    probe:
      "lets a small configuration keep its state in a bucket of its own, tries an apply while another process holds the lock, and then an apply without that lock",
    expected: "the first apply is refused; after the second apply the bucket has the state and no lock",
  },
  {
    id: "taken-names",
    what: "names that are taken, and recovery after a killed apply",
    checked:
      "by hand against moto: Terraform was killed while it created the function; then the state was unlocked, the function imported, and the deployment repeated",
    risk: "rights to read (`iam:GetRole`, …): without them Terraform reports a taken name only during the apply",
    tier: "lambda",
    probe:
      "looks up names as every deploy does before its apply: the names of everything that it made, and names that do not exist",
    expected: "the existing names are found, and the other names are not",
  },
  {
    id: "quota",
    what: "how much of the quota of concurrent executions must stay unreserved",
    checked: "only that our scripts recognise AWS's error message and explain it",
    risk: "which number a small account gets ([what is known](aws/concurrency.md#reserved-concurrency))",
    tier: "lambda",
    probe: "asks for the whole quota as reserved concurrency of the function, which AWS never gives",
    expected: "the refusal names the number that must stay unreserved",
  },
  {
    id: "lease",
    what: "lease table",
    checked: "lease-connect against DynamoDB look-alikes",
    risk: "throttling, the role's `LeadingKeys` condition",
    tier: "lambda",
    probe: "lets the function write its own lease, and the lease of another function",
    expected: "the function's own lease is written; the other lease is refused with AccessDenied",
  },
  {
    id: "levers",
    what: "the levers of `--provoke`, and their undo",
    checked:
      "with AWS's SDK against the engine; one test kills a soak at every call that changes the function, and undoes it",
    risk: "whether the frozen environment of one version keeps its socket while another version is invoked; whether a description alone renews the environments; how long each change takes; whether AWS looks at permissions before the revision (`longrun doctor`)",
    tier: "lambda",
    probe: "`make prove TARGET=aws` with `CLEAN=1`",
    expected: "init-connect fails, handler-connect passes, and `longrun undo` finds nothing",
    unseen: "it has a deployment and a report of its own",
  },
] as const satisfies readonly Row[];
