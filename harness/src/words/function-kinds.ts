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
    text: "It runs on Managed Instances (CapacityProviderConfig): each published version has environments before its first invocation, by default three, an environment serves several invocations at a time, and none is ever frozen. So several environments that hold connections are normal, and whether reserved concurrency limits them is not known.",
    advice:
      "Give --capacity, and expect that several environments hold connections; or soak an ordinary function.",
    canRun: true,
  },
  tenants: {
    text: "It isolates tenants (TenancyConfig): each tenant has environments of its own, so idle environments of several tenants live at the same time even with reserved concurrency 1. Lambda refuses every invocation without a tenant's id, and longrun names tenants only with --provoke tenants.",
    advice:
      "Use longrun soak --provoke tenants, or --tenants NUMBER, which names tenants of its own: they must do no harm to your data.",
    canRun: false,
  },
  durable: {
    text: "It is a durable function (DurableConfig): at a wait its invocation ends, and a later invocation, perhaps in another environment, replays the handler. So one execution has several invocations and connections, and a run judges each invocation alone.",
    advice: "Soak with an event whose execution has no wait.",
    canRun: true,
  },
};

/** The state of `$LATEST` of a function on Managed Instances. */
export const ONLY_VERSIONS_RUN = {
  state: "ActiveNonInvocable",
  text: "It is ActiveNonInvocable: of a function on Managed Instances only published versions can be invoked.",
  advice: "Give a published version: its name with :VERSION or with :$LATEST.PUBLISHED.",
} as const;
