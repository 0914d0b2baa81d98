/** The text that is shown before the user is asked to confirm a verification: what it will make, and what that costs. */
import { estimateUsd, INVOCATIONS } from "./estimate.ts";
import type { Verification } from "./verification.ts";
import { MEMORY_MB, RESERVED } from "./verify-settings.ts";

const SMALL = [
  `one function of ${MEMORY_MB} MB outside of any VPC, which reserves ${RESERVED} concurrent`,
  "  executions, with its role and log group",
  "one version of it with one provisioned environment, for some minutes",
  "three alarms, a metric filter, a table for leases, and a bucket for a",
  "  Terraform state",
];
const WHOLE = [
  "two roles and a boundary as infra/github makes them, the account's identity",
  "  provider for GitHub if there is none, and a role with the same policies",
  "  that only you may assume",
  "an image repository with two images",
  "then in place of the function: a VPC with endpoints, two functions, two",
  "  peers on Fargate, the runner with its bucket, and one task of the runner",
];

/** Fits into 80 columns. */
export function announcement({ target, region, name, tier }: Verification): string {
  return [
    `A verification of ${target} in ${region}, tier ${tier},`,
    `makes under the name ${name}:`,
    ...[...SMALL, ...(tier === "full" ? WHOLE : [])].map((line) => `  ${line}`),
    `It invokes its functions fewer than ${INVOCATIONS[tier]} times, and removes everything.`,
    ...(target === "aws" ? costs(tier) : ["On this machine it costs nothing."]),
    "",
  ].join("\n");
}

function costs(tier: Verification["tier"]): readonly string[] {
  return [
    `It takes ${tier === "full" ? "about 2.5 hours" : "about half an hour"}, and costs at most ${estimateUsd(tier).toFixed(tier === "full" ? 2 : 3)} USD by the price pages.`,
    "longrun scan also reads what all functions of the account log meanwhile, for",
    "0.005 USD a GB.",
  ];
}
