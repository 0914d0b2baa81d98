/** Kinds of Lambda functions for which a run means something else than for an ordinary function (docs/aws/function-api.md#kinds-of-functions). */

/** Which members of its configuration a function has. */
export interface KindMembers {
  readonly CapacityProviderConfig?: unknown;
  readonly TenancyConfig?: unknown;
  readonly DurableConfig?: unknown;
}

export const FUNCTION_KINDS = ["managed-instances", "tenants", "durable"] as const;
export type FunctionKind = (typeof FUNCTION_KINDS)[number];

export function functionKinds(configuration: KindMembers): readonly FunctionKind[] {
  const { CapacityProviderConfig, TenancyConfig, DurableConfig } = configuration;
  const has = {
    "managed-instances": CapacityProviderConfig,
    tenants: TenancyConfig,
    durable: DurableConfig,
  } satisfies Record<FunctionKind, unknown>;
  return FUNCTION_KINDS.filter((kind) => has[kind] !== undefined && has[kind] !== null);
}

interface KindMeaning {
  readonly text: string;
  readonly advice: string;
  /** Whether a run of invocations without a tenant can reach the function at all. */
  readonly canRun: boolean;
}

export const KIND_MEANINGS: Readonly<Record<FunctionKind, KindMeaning>> = {
  "managed-instances": {
    text: "It runs on Managed Instances: one environment serves several invocations at a time, several environments live all the time, and none is frozen. What a run shows of overlapping environments is normal there.",
    advice:
      "Give --capacity, and expect that several environments hold connections; or soak an ordinary function.",
    canRun: true,
  },
  tenants: {
    text: "It isolates tenants (TenancyConfig): Lambda refuses every invocation without a tenant's id, and longrun sends none.",
    advice: "Soak a function with the same code and without TenancyConfig.",
    canRun: false,
  },
  durable: {
    text: "It is a durable function (DurableConfig): after a wait its handler is replayed in another environment, and one execution has several invocations. A run judges each invocation alone.",
    advice: "Soak with an event whose execution has no wait.",
    canRun: true,
  },
};
