import type { FunctionConfigurationFacts, SeenFunction } from "./account-facts.ts";
import { KIND_MEANINGS, ONLY_VERSIONS_RUN } from "../words/function-kinds.ts";
import { ANOTHER_LOG_GROUP } from "../words/log-class.ts";
import { cannotLook } from "./cannot-look.ts";
import { clear, notice, problem, type DoctorFinding } from "./doctor-finding.ts";
import { diagnoseLevers } from "./diagnose-levers.ts";

export function diagnoseFunction(seen: SeenFunction): readonly DoctorFinding[] {
  const { name, configuration } = seen;
  if (!configuration.seen) return [missing(seen)];
  return [
    state(name, configuration.value),
    update(name, configuration.value),
    reservedConcurrency(seen),
    logging(name, configuration.value),
    ...kinds(name, configuration.value),
    logGroup(seen, configuration.value),
    ...metrics(seen),
    ...diagnoseLevers(seen),
  ];
}

function missing({ name, configuration }: SeenFunction): DoctorFinding {
  const about = { check: "function-state", subject: name };
  if (configuration.seen) return clear(about, "It exists.");
  if (configuration.why === "absent")
    return problem(
      about,
      `There is no function ${name} in this account and Region.`,
      "make deploy creates it; aws lambda list-functions lists the functions that exist.",
    );
  return cannotLook(about, configuration, `whether ${name} exists`);
}

function state(subject: string, { state: name, stateReason }: FunctionConfigurationFacts): DoctorFinding {
  const about = { check: "function-state", subject };
  const why = stateReason === null ? "" : ` (${stateReason})`;
  switch (name) {
    case "Active":
      return clear(about, "It is Active.");
    case "Pending":
      return problem(
        about,
        `It is Pending${why} and cannot be invoked yet.`,
        "Wait until it is Active: aws lambda wait function-active-v2.",
      );
    case "Inactive":
      return problem(
        about,
        `It is Inactive${why}: it was not invoked for weeks, and the next invocation fails while Lambda activates it.`,
        "Invoke it once and wait until it is Active.",
      );
    case ONLY_VERSIONS_RUN.state:
      return problem(about, ONLY_VERSIONS_RUN.text, ONLY_VERSIONS_RUN.advice);
    default:
      return problem(about, `It is ${name}${why}.`, "Remove the cause and deploy it again.");
  }
}

function update(
  subject: string,
  { lastUpdateStatus, lastUpdateReason }: FunctionConfigurationFacts,
): DoctorFinding {
  const about = { check: "last-update", subject };
  const why = lastUpdateReason === null ? "" : ` (${lastUpdateReason})`;
  if (lastUpdateStatus === "Failed")
    return problem(
      about,
      `Its last update failed${why}: it still runs its previous code and settings.`,
      "Deploy it again.",
    );
  if (lastUpdateStatus === "InProgress")
    return problem(
      about,
      "An update of it is under way: old and new code run side by side for a while.",
      "Wait for it: aws lambda wait function-updated-v2.",
    );
  return clear(about, "Its last update is done.");
}

function reservedConcurrency({ name, reservedConcurrency: reserved }: SeenFunction): DoctorFinding {
  const about = { check: "reserved-concurrency", subject: name };
  if (!reserved.seen) return cannotLook(about, reserved, "how much concurrency is reserved");
  if (reserved.value === 1) return clear(about, "Reserved concurrency is 1: two executions never overlap.");
  const put = `aws lambda put-function-concurrency --function-name ${name} --reserved-concurrent-executions 1`;
  if (reserved.value === null)
    return problem(
      about,
      "No concurrency is reserved: executions may overlap, and each may need the peer's only connection.",
      put,
    );
  if (reserved.value === 0)
    return problem(
      about,
      "Reserved concurrency is 0: every invocation is throttled.",
      `If this is not intended: ${put}`,
    );
  return problem(
    about,
    `Reserved concurrency is ${reserved.value}: up to that many executions may overlap, and the peer takes one connection.`,
    put,
  );
}

function kinds(subject: string, { kinds: found }: FunctionConfigurationFacts): readonly DoctorFinding[] {
  return found.map((kind) => {
    const { text, advice, canRun } = KIND_MEANINGS[kind];
    return (canRun ? notice : problem)({ check: "function-kind", subject }, text, advice);
  });
}

function logging(
  subject: string,
  { logFormat, systemLogLevel, applicationLogLevel }: FunctionConfigurationFacts,
): DoctorFinding {
  const about = { check: "logging", subject };
  const switchOn = `aws lambda update-function-configuration --function-name ${subject} --logging-config LogFormat=JSON,SystemLogLevel=DEBUG,ApplicationLogLevel=INFO`;
  const hides = ["WARN", "ERROR", "FATAL"].includes(applicationLogLevel ?? "");
  if (systemLogLevel === "WARN")
    return problem(
      about,
      "The system log level is WARN: START and REPORT of healthy invocations are not logged, so these invocations are missing from the evidence.",
      switchOn,
    );
  if (logFormat === "JSON" && hides)
    return problem(
      about,
      `The application log level is ${applicationLogLevel ?? ""}: lifecycle lines, which are INFO, are not logged.`,
      switchOn,
    );
  if (logFormat === "JSON" && systemLogLevel === "DEBUG")
    return clear(about, "The log shows the whole life of an environment: JSON, system log level DEBUG.");
  if (logFormat === "JSON")
    return notice(
      about,
      `The system log level is ${systemLogLevel ?? "INFO"}: the end of a successful Init is not logged, and is inferred instead.`,
      switchOn,
    );
  return notice(
    about,
    "Logs are text: the end of a successful Init is not logged and is inferred instead, and no level can be chosen.",
    switchOn,
  );
}

/** A run also works without metrics, so this is never a problem. */
function metrics({ name, metrics: seen }: SeenFunction): readonly DoctorFinding[] {
  const about = { check: "metrics", subject: name };
  if (seen === null) return [];
  if (seen.seen)
    return [
      clear(
        about,
        "CloudWatch's metrics can be read: they count its invocations and errors independently of the log.",
      ),
    ];
  const why = seen.why === "denied" ? `the permission ${seen.action} is missing` : seen.text;
  return [
    notice(
      about,
      `CloudWatch's metrics cannot be read (${why}): without them, the outcome is unknown where the log can hide a failure.`,
      `Add ${seen.action} to the policy; docs/permissions.md has the whole policy.`,
    ),
  ];
}

function logGroup(
  { name, logGroup: group }: SeenFunction,
  { logGroup: groupName }: FunctionConfigurationFacts,
): DoctorFinding {
  const about = { check: "log-group", subject: name };
  const keep = `aws logs put-retention-policy --log-group-name ${groupName} --retention-in-days 30`;
  if (!group.seen && group.why === "absent") {
    return notice(
      about,
      `The log group ${groupName} does not exist yet; Lambda creates it at the first line and keeps its events for ever.`,
      `aws logs create-log-group --log-group-name ${groupName}; ${keep}`,
    );
  }
  if (!group.seen) return cannotLook(about, group, `how long ${groupName} keeps its events`);
  if (group.value.logClass !== "STANDARD")
    return problem(
      about,
      `The log group ${groupName} has the class ${group.value.logClass}: AWS refuses to return its events (FilterLogEvents), so a soak refuses this function.`,
      ANOTHER_LOG_GROUP,
    );
  if (group.value.retentionDays === null)
    return notice(
      about,
      `The log group ${groupName} keeps its events for ever, and you pay for their storage.`,
      keep,
    );
  return clear(about, `The log group ${groupName} keeps its events for ${group.value.retentionDays} days.`);
}
