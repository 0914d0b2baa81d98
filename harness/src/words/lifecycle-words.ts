/**
 * The words of a lifecycle line (docs/contracts.md#the-lifecycle-line) as lists. If a word of functions/src/contract.ts is missing here,
 * this file does not compile.
 */
import type { CodePhase, ConnectOutcome, LifecycleLine } from "../../../functions/src/contract.ts";

type LifecycleEventName = LifecycleLine["event"];

export const LIFECYCLE_EVENTS = wordsOf<LifecycleEventName>({
  boot: 0,
  connect: 0,
  disconnect: 0,
  invoke: 0,
});

export const CODE_PHASES = wordsOf<CodePhase>({ init: 0, invoke: 0, shutdown: 0 });

export const CONNECT_OUTCOMES = wordsOf<ConnectOutcome>({
  accepted: 0,
  refused: 0,
  "timed-out": 0,
  reset: 0,
  evicted: 0,
  failed: 0,
});

function wordsOf<Word extends string>(words: Readonly<Record<Word, 0>>): readonly Word[] {
  return Object.keys(words) as Word[];
}
