/** The facts of a healthy account with one healthy function. A test gives only the facts that differ. */
import type {
  AccountFacts,
  FunctionConfigurationFacts,
  Seen,
  SeenFunction,
} from "../../src/doctor/account-facts.ts";

export const seen = <Value>(value: Value): Seen<Value> => ({ seen: true, value });
export const unseen = (
  why: "denied" | "absent" | "signed-out" | "unreachable" | "other",
  action: string,
): Seen<never> => ({ seen: false, why, action, text: "as AWS said it" });

export function functionFacts(
  over: Partial<FunctionConfigurationFacts> = {},
  more: Partial<SeenFunction> = {},
): SeenFunction {
  return {
    name: "one",
    configuration: seen({
      functionArn: "arn:aws:lambda:eu-central-1:123456789012:function:one",
      state: "Active",
      stateReason: null,
      lastUpdateStatus: "Successful",
      lastUpdateReason: null,
      logGroup: "/aws/lambda/one",
      logFormat: "JSON" as const,
      systemLogLevel: "DEBUG",
      applicationLogLevel: "INFO",
      kinds: [],
      ...over,
    }),
    reservedConcurrency: seen<number | null>(1),
    metrics: seen<true>(true),
    levers: [seen<true>(true)],
    logGroup: seen({ retentionDays: 30, logClass: "STANDARD" }),
    ...more,
  };
}

export function accountFacts(over: Partial<AccountFacts> = {}): AccountFacts {
  return {
    region: "eu-central-1",
    credentials: seen({ accessKeyId: "ASIAEXAMPLE1234", expiration: null }),
    limits: seen({ concurrent: 1_000, unreserved: 999 }),
    functions: [functionFacts()],
    ...over,
  };
}
