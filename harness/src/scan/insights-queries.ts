/**
 * What is asked of CloudWatch Logs Insights. The text below is the whole of the work, and it is done in AWS: what comes back is one
 * row for each log group, whatever the size of the logs.
 *
 * A log stream is one execution environment (facts §5.1), so that each query counts by stream first and by group then. Insights has
 * no IF: `greatest(0, 1 - n)` is 1 where n is 0 and else 0, `least(1, n)` is 1 where n is not 0, `strcontains` is 1 or 0.
 */

/** One row for each group: `environments`, `initWithoutInvoke`, `initConnections`. `settledBefore`: an Init after it may yet be followed by an invocation. */
export function environmentsQuery(settledBefore: number): string {
  return `# Only lines of the platform's and lifecycle lines are looked at: text and JSON format, old and new wording.
filter @message like /^START RequestId: |^INIT_START |^INIT_REPORT |"platform\\.(start|initStart|initReport)"|longrun\\W+1\\W/
# A connection that a function opened, where its handler says so (lifecycle lines, docs/run-format.md); quotes may be escaped.
| parse @message /longrun\\W+1\\W.*event\\W+connect\\W.*phase\\W+(?<connectPhase>\\w+)/
| stats
    sum(strcontains(@message, 'INIT_START ') + strcontains(@message, '"platform.initStart"')) as inits,
    sum(strcontains(@message, 'INIT_REPORT ') * (strcontains(@message, 'Status: error') + strcontains(@message, 'Status: timeout'))
      + strcontains(@message, '"platform.initReport"') * (1 - strcontains(@message, '"status":"success"'))) as failedInits,
    sum(strcontains(@message, 'START RequestId: ') + strcontains(@message, '"platform.start"')) as starts,
    sum(strcontains(connectPhase, 'init')) as initConnects,
    min(toMillis(@timestamp)) as firstLine
  by @log, @logStream
# INIT without INVOKE: it began, did not fail, nothing was ever started in it, and it is old enough to be sure.
| stats
    count(*) as environments,
    sum(least(1, inits) * greatest(0, 1 - failedInits) * greatest(0, 1 - starts) * greatest(0, least(1, ${settledBefore} - firstLine))) as initWithoutInvoke,
    sum(initConnects) as initConnections
  by @log
| sort initWithoutInvoke desc
| limit 10000`;
}

/** One row for each group: `minutesWithSeveral`, `mostInAMinute`. Asked for functions with reserved concurrency 1 only, where two environments at once surprise. */
export function minutesQuery(): string {
  return `filter @message like /^START RequestId: |^REPORT RequestId: |^INIT_START |"platform\\.(start|report|initStart|initReport)"/
| stats count_distinct(@logStream) as environments by @log, bin(1m) as minute
| stats
    sum(greatest(0, least(1, environments - 1))) as minutesWithSeveral,
    max(environments) as mostInAMinute
  by @log
| limit 10000`;
}
