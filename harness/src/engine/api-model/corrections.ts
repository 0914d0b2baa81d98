/** Members for which AWS answers differently from its API model, as recordings or its documentation show. The engine answers like AWS. Pure. */
import {
  COMPATIBLE_RUNTIMES_IN_REFUSAL,
  RUNTIMES_IN_REFUSAL,
} from "../request-validation/recorded-runtimes.ts";

export type Correction =
  /** The model's rules are not applied. The operation checks the member later, and its messages differ. */
  | "unchecked"
  | "optional"
  /**
   * The message shows this enumeration. If the member is a list, the message says `Member must satisfy enum value set: […]`, as if the
   * enumeration were a rule of the list itself. For a list without this correction the message says `Member must satisfy constraint:
   * [Member must satisfy enum value set: […], …]`. Values of the model's enumeration are accepted too.
   */
  | { readonly enumeration: readonly string[] }
  /** This pattern replaces the model's, in the check and in the message. */
  | { readonly pattern: string }
  /** The message does not list the rule "Member must not be null". */
  | "members may be null"
  | "pattern unchecked"
  /** The mistakes of the other members are listed first. */
  | "reported last"
  /** The message does not show the value. */
  | "value not shown";

/** Each key is a member, or an operation and a member. */
export const CORRECTIONS: ReadonlyMap<string, Correction> = new Map<string, Correction>([
  // Recorded 2025-11: an unknown runtime is refused as an invalid parameter, with another list than the model's.
  ["Runtime", "unchecked"],
  // This is the function's event, which may be empty.
  ["InvokeAsync.InvokeArgs", "optional"],
  // Recorded 2023-11: a missing function is reported before a number that is out of range (put-function-concurrency.ts).
  ["PutFunctionConcurrency.ReservedConcurrentExecutions", "unchecked"],
  // Recorded 2023-11: TagResource without tags is refused with another message (tag-resource.ts).
  ["TagResource.Tags", "optional"],
  // Recorded 2026-01: the order of the mistakes of PublishLayerVersion, and the runtimes in the messages of PublishLayerVersion and ListLayers.
  ["CompatibleArchitectures", "reported last"],
  ["CompatibleRuntimes", { enumeration: RUNTIMES_IN_REFUSAL }],
  ["CompatibleRuntime", { enumeration: COMPATIBLE_RUNTIMES_IN_REFUSAL }],
  // Recorded 2025-11-25 by LocalStack (TestLambdaTags::test_tag_exceptions): AWS's pattern allows layers. The pattern of the model (botocore
  // 1.44.8) does not.
  [
    "Resource",
    {
      pattern: String.raw`arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:(function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?|layer:([a-zA-Z0-9-_]+)|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|capacity-provider:[a-zA-Z0-9-_]+)`,
    },
  ],
  // Recorded 2025-11: the order of the two values.
  ["RecursiveLoop", { enumeration: ["Terminate", "Allow"] }],
  // Recorded 2025-11: which rules the messages list.
  ["VpcConfig.SubnetIds", "members may be null"],
  ["VpcConfig.SecurityGroupIds", "members may be null"],
  // Recorded 2026-02: a colon is accepted, which the pattern of the model excludes.
  ["metricTransformations.metricNamespace", "pattern unchecked"],
  ["metricNamespace", "pattern unchecked"],
  // Recorded 2026-07-12 by Moto (test_arn_formats_log_group_and_stream); the message in earlier recordings shows the value.
  ["logGroupIdentifier", "value not shown"],
  // From answers that public issues quote: the variables are not repeated in the message.
  ["Environment.Variables", "value not shown"],
]);
