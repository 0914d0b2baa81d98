/**
 * The queries for CloudWatch Logs Insights. AWS does all the counting, and returns one row for each log group, whatever the size of the logs.
 *
 * A log stream is one execution environment (docs/aws/logs.md#log-groups-and-streams), so each query counts by stream first and then by group. A
 * query may have two `stats` commands, and `sort` and `limit` after the second one. The queries do not use `if`, which is newer than the rest of
 * the language. Instead, `greatest(0, 1 - n)` is 1 if n is 0, else 0; `least(1, n)` is 1 if n is not 0; `strcontains` is 1 or 0.
 */

/**
 * Returns a query that AWS answers with one row for each group and version: `environments`, `initWithoutInvoke`, `initConnects`. A log stream
 * has the version in its name; `functionVersion` is `-` if it has none.
 *
 * The query reads platform lines (text and JSON format, old and new wording) and lifecycle lines, whose quotes may be escaped and whose
 * members may come in any order (docs/contracts.md#the-lifecycle-line). An environment counts as INIT without INVOKE if an Init began
 * before `settledBefore`, no Init failed, and no line shows an invocation (its START can be missing). An Init after `settledBefore` does not
 * count, because an invocation may still follow it. The Init of a SnapStart snapshot does not count, because its environment is only stored and never invoked.
 * An environment of a Web Function was invoked if it began to serve or completed a request; its summary once a minute shows no request
 * (docs/aws/logs.md#web-functions).
 */
export function environmentsQuery(settledBefore: number): string {
  return `filter @message like /^(START|END|REPORT) RequestId: |^INIT_START |^INIT_REPORT |"platform\\.(start|runtimeDone|report|initStart|initReport|invokeStart|requestComplete)"|longrun\\W+1\\W/
| parse @message /\\Wevent\\W+(?<connectEvent>connect)\\W/
| parse @message /\\Wphase\\W+(?<initPhase>init)\\W/
| parse @logStream /\\[(?<version>[^\\]]*)\\]/
| fields coalesce(version, '-') as functionVersion
| stats
    sum(strcontains(@message, 'INIT_START ') + strcontains(@message, '"platform.initStart"') * (1 - strcontains(@message, '"snap-start"'))) as inits,
    sum(strcontains(@message, 'INIT_REPORT ') * (strcontains(@message, 'Status: error') + strcontains(@message, 'Status: timeout'))
      + strcontains(@message, '"platform.initReport"') * (1 - strcontains(@message, '"status":"success"'))) as failedInits,
    sum(strcontains(@message, 'START RequestId: ') + strcontains(@message, 'END RequestId: ') + strcontains(@message, 'REPORT RequestId: ')
      + strcontains(@message, '"platform.start"') + strcontains(@message, '"platform.runtimeDone"') + strcontains(@message, '"platform.report"')
      + strcontains(@message, '"platform.invokeStart"') + strcontains(@message, '"platform.requestComplete"')) as invoked,
    sum(strcontains(connectEvent, 'connect') * strcontains(initPhase, 'init')) as connects,
    min(toMillis(@timestamp)) as firstLine
  by @log, @logStream, functionVersion
| stats
    count(*) as environments,
    sum(least(1, inits) * greatest(0, 1 - failedInits) * greatest(0, 1 - invoked) * greatest(0, least(1, ${settledBefore} - firstLine))) as initWithoutInvoke,
    sum(connects) as initConnects
  by @log, functionVersion
| sort initWithoutInvoke desc
| limit 10000`;
}

/**
 * Returns a query that AWS answers with one row for each group: `minutesWithSeveral`, `mostInAMinute`. For each minute, the query counts
 * the environments that have an Init or an invocation in that minute, so also environments that were never invoked. The query is run only
 * for reserved concurrency 1: with more, several environments in one minute are normal.
 */
export function minutesQuery(): string {
  return `filter @message like /^START RequestId: |^REPORT RequestId: |^INIT_START |"platform\\.(start|report|initStart|initReport)"/
| stats count_distinct(@logStream) as environments by @log, bin(1m) as minute
| stats
    sum(greatest(0, least(1, environments - 1))) as minutesWithSeveral,
    max(environments) as mostInAMinute
  by @log
| limit 10000`;
}
