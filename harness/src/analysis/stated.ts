/** Makes a notice for each thing that the verdicts take from the user's word or from a probe, because no line of the run shows it. */
import type { Manifest } from "../record/manifest.ts";
import { notice, type JudgedNotice } from "../record/notices.ts";
import type { JudgementSettings } from "../record/judgement-settings.ts";

/** `strangers`: clients in the peers' logs with which `--only-client` is not true. */
export function stated(
  { manifest }: { readonly manifest: Manifest | null },
  { onlyClient }: JudgementSettings,
  strangers: readonly string[],
): readonly JudgedNotice[] {
  return [
    ...(onlyClient ? [notice("only-client", { stranger: strangers[0] ?? null })] : []),
    ...(manifest?.peers ?? []).map(({ address, manner }) => notice("peer-probed", { address, manner })),
  ];
}
