/**
 * What a deployment of infra/ costs, part by part and in all. The section about costs in infra/README.md is made from it, and the sentence
 * in docs/deploy.md is compared with it (harness/test/infra/deployment-costs.test.ts).
 */
import {
  ASSUMED,
  BILLED_MS,
  estimateCost,
  LOG_BYTES,
  PEER_TASK,
  taskHourUsd,
} from "../../harness/src/scan/cost/estimate-cost.ts";
import { PRICES } from "../../harness/src/scan/cost/prices.ts";

const DAY_HOURS = 24;
const MONTH_DAYS = 30;
const MINUTE_MS = 60_000;
const DAY_MS = DAY_HOURS * 60 * MINUTE_MS;

/** The size of the runner's task (infra/modules/runner). */
export const RUNNER_TASK = { vcpu: 0.5, gb: 1 } as const;
/** How many interface endpoints a deployment has (infra/locals.tf). */
export const ENDPOINTS = { peer: 3, runner: 5 } as const;
/** In how many availability zones each endpoint is (infra/modules/network). */
export const ZONES = 2;
/** For each function with alarms (infra/modules/function). */
export const ALARMS = 3;
/** `lease-connect` takes, renews and returns its lease in each invocation. */
const LEASE_WRITES = 3;
/** The images of peer and runner. */
const IMAGES_GB = 2 * 0.2;

/** `dayUsd` is the cost of a day, and `monthUsd` that of a month if it is not thirty times as much. */
interface Cost {
  readonly dayUsd: number;
  readonly monthUsd?: number;
}

interface PartCost extends Cost {
  readonly part: string;
  readonly when: string;
  readonly also?: string;
}

const INVOCATIONS = DAY_MS / MINUTE_MS;
const ofMonth = (usd: number): Cost => ({ dayUsd: usd / MONTH_DAYS });

const FUNCTION: Cost = {
  dayUsd: estimateCost({
    durationMs: DAY_MS,
    intervalMs: MINUTE_MS,
    inFlight: 1,
    functions: [ASSUMED],
    managedPeers: 0,
  }).expectedUsd,
};
const PEER: Cost = { dayUsd: DAY_HOURS * taskHourUsd(PEER_TASK) };
const RUNNER: Cost = { dayUsd: DAY_HOURS * taskHourUsd(RUNNER_TASK) };
const endpoints = (count: number): Cost => ({
  dayUsd: DAY_HOURS * count * ZONES * PRICES.interfaceEndpointHourUsd,
});
const NAT: Cost = { dayUsd: DAY_HOURS * (PRICES.natHourUsd + PRICES.publicAddressHourUsd) };
/** Charged at once, so no day has a share of it. */
const ZONE: Cost = { dayUsd: 0, monthUsd: PRICES.hostedZoneMonthUsd };
const LEASES: Cost = { dayUsd: INVOCATIONS * LEASE_WRITES * PRICES.tableWriteUsd };
const ALARMS_OF_FUNCTION = ofMonth(ALARMS * PRICES.alarmMonthUsd);
const METRIC = ofMonth(PRICES.customMetricMonthUsd);
const REPOSITORY = ofMonth(IMAGES_GB * PRICES.repositoryGbMonthUsd);

const PARTS: readonly PartCost[] = [
  {
    part: `function: ${INVOCATIONS} invocations of ${BILLED_MS} ms at ${ASSUMED.memoryMb} MB, ${Math.round((INVOCATIONS * LOG_BYTES) / 1e6)} MB of logs`,
    when: "a soak runs",
    ...FUNCTION,
  },
  {
    part: `managed peer: ${PEER_TASK.vcpu} vCPU and ${PEER_TASK.gb} GB for each function`,
    when: "deployed",
    ...PEER,
  },
  { part: `runner: ${RUNNER_TASK.vcpu} vCPU and ${RUNNER_TASK.gb} GB`, when: "its task runs", ...RUNNER },
  {
    part: `${ENDPOINTS.peer} interface endpoints in ${ZONES} zones, for managed peers`,
    when: "deployed, without NAT",
    ...endpoints(ENDPOINTS.peer),
  },
  {
    part: `${ENDPOINTS.runner} interface endpoints in ${ZONES} zones, with a runner`,
    when: "deployed, without NAT",
    ...endpoints(ENDPOINTS.runner),
  },
  {
    part: "NAT gateway and its public address",
    when: "`network.create.nat`",
    ...NAT,
    also: `, and ${PRICES.natGbUsd} USD a GB`,
  },
  { part: "Cloud Map zone", when: "managed peer", ...ZONE },
  { part: "lease table", when: "`lease-connect`", ...LEASES },
  { part: `${ALARMS} alarms for each function`, when: "`alarms`", ...ALARMS_OF_FUNCTION },
  { part: "metric of the alarms' filter for each function", when: "`alarms`", ...METRIC },
  { part: `image repository with ${IMAGES_GB} GB`, when: "`image_repository`", ...REPOSITORY },
];

const TWO_MANAGED = [FUNCTION, FUNCTION, PEER, PEER, endpoints(ENDPOINTS.peer), ZONE, REPOSITORY];
const WITH_RUNNER = [FUNCTION, FUNCTION, PEER, PEER, endpoints(ENDPOINTS.runner), ZONE, REPOSITORY, RUNNER];
const WITH_ALARMS = [...WITH_RUNNER, ALARMS_OF_FUNCTION, ALARMS_OF_FUNCTION, METRIC, METRIC];

const DEPLOYMENTS: readonly { readonly deployment: string; readonly costs: readonly Cost[] }[] = [
  { deployment: "one function with an external peer, without a VPC", costs: [FUNCTION] },
  { deployment: "two functions with managed peers", costs: TWO_MANAGED },
  { deployment: "the same with a runner", costs: WITH_RUNNER },
  { deployment: "the same with alarms", costs: WITH_ALARMS },
];

export function costSection(): string {
  return `## Costs

The prices are those of us-east-1 (${PRICES.asOf}), from the price pages that \`harness/src/scan/cost/prices.ts\` names. Other Regions cost up to
a third more. Free tiers, data transfer and the storage of results are left out. A soak invokes once a minute by default. A
month has ${MONTH_DAYS} days.

| part | is paid while | per day | per month |
| --- | --- | --- | --- |
${PARTS.map((one) => `| ${one.part} | ${one.when} | ${one.dayUsd === 0 ? "" : usd(one.dayUsd)}${one.also ?? ""} | ${usd(monthOf([one]))} |`).join("\n")}

The Cloud Map zone is charged at once and in full for each calendar month in which it exists, but not if it is deleted within 12 hours.
Each begun hour of an endpoint and of a NAT gateway counts.

| deployment, with a soak all the time | per day | per month |
| --- | --- | --- |
${DEPLOYMENTS.map(({ deployment, costs }) => `| ${deployment} | ${usd(dayOf(costs))} | ${usd(monthOf(costs))} |`).join("\n")}

\`make destroy TARGET=aws\` ends all these costs, and then names what still exists.
`;
}

/** For docs/deploy.md. */
export function costSentence(): string {
  return `With an external peer this costs ${usd(dayOf([FUNCTION]))} a day, with two managed peers ${usd(dayOf(TWO_MANAGED))}, and with the runner ${usd(dayOf(WITH_RUNNER))} ([each part](../infra/README.md#costs)).`;
}

/** What `make prove` says before it deploys. */
export function proofCost(managedPeers: boolean): string {
  const hourUsd = dayOf(managedPeers ? TWO_MANAGED : [FUNCTION]) / DAY_HOURS;
  return managedPeers
    ? `This deploys two functions, a VPC, and a Fargate task for each function's peer. It costs about ${usd(hourUsd)} an hour until it is removed. To deploy takes some minutes; to remove it up to 45 minutes more, because AWS keeps the network interfaces of a function for so long. The proof itself takes five minutes, and about six more for CloudWatch's counts.`
    : `This deploys one function, without a VPC, which connects to your machine. It costs ${usd(hourUsd)} an hour. To deploy and to remove it takes a few minutes. The proof itself takes five minutes, and about six more for CloudWatch's counts.`;
}

function dayOf(costs: readonly Cost[]): number {
  return costs.reduce((sum, one) => sum + one.dayUsd, 0);
}

function monthOf(costs: readonly Cost[]): number {
  return costs.reduce((sum, one) => sum + (one.monthUsd ?? MONTH_DAYS * one.dayUsd), 0);
}

function usd(amount: number): string {
  return amount < 0.01 ? "below 0.01 USD" : `${amount.toFixed(2)} USD`;
}
