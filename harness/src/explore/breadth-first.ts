/**
 * Searches all schedules up to a depth, shorter ones first, and plays several at a time. A schedule is not extended if it broke the function
 * or reached a state that a shorter or earlier schedule had reached. The order of the result does not depend on which play was faster.
 */
import type { ScheduledLever } from "../words/lever.ts";
import { EMPTY_MODEL, legalSteps, play, type ModelState } from "./schedule-model.ts";
import type { ScheduleStep } from "./schedule.ts";

export interface Outcome {
  readonly harmed: boolean;
  readonly stateKey: string;
}

export interface SearchPorts {
  play(steps: readonly ScheduleStep[]): Promise<Outcome>;
  readonly jobs: number;
  /** With levers, only schedules of their steps are played. */
  readonly levers?: readonly ScheduledLever[];
  /** Ends the search; what was found is kept. */
  readonly signal: AbortSignal;
  readonly progress: (state: SearchProgress) => void;
}

export interface SearchProgress {
  readonly depth: number;
  readonly played: number;
  readonly ofLevel: number;
  readonly breaking: number;
}

interface SearchLevel {
  readonly depth: number;
  readonly played: number;
  readonly planned: number;
  readonly breaking: number;
  /**
   * How many states were reached that no shorter or earlier schedule had reached. The next level extends the schedules that reached them.
   */
  readonly newStates: number;
}

export interface BreadthFirstResult {
  readonly levels: readonly SearchLevel[];
  /** All schedules up to this length were played, or were covered by a shorter one. */
  readonly completeDepth: number;
  /** In the order of the search: the shortest first. */
  readonly breaking: readonly (readonly ScheduleStep[])[];
}

interface Node {
  readonly steps: readonly ScheduleStep[];
  readonly model: ModelState;
}

export async function breadthFirst(depth: number, ports: SearchPorts): Promise<BreadthFirstResult> {
  const seen = new Set<string>();
  const levels: SearchLevel[] = [];
  const breaking: (readonly ScheduleStep[])[] = [];
  let frontier: readonly Node[] = [{ steps: [], model: EMPTY_MODEL }];
  for (let level = 1; level <= depth && frontier.length > 0; level += 1) {
    const nodes = frontier.flatMap((node) => successors(node, ports.levers ?? []));
    const outcomes = await playAll(nodes, level, ports, breaking.length);
    const next: Node[] = [];
    let broken = 0;
    for (const [index, node] of nodes.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined) continue;
      if (outcome.harmed) {
        breaking.push(node.steps);
        broken += 1;
      } else if (!seen.has(outcome.stateKey)) {
        seen.add(outcome.stateKey);
        next.push(node);
      }
    }
    const played = outcomes.filter((outcome) => outcome !== undefined).length;
    levels.push({ depth: level, played, planned: nodes.length, breaking: broken, newStates: next.length });
    if (played < nodes.length) return { levels, completeDepth: level - 1, breaking };
    frontier = next;
  }
  // If no schedule was left to extend, every longer schedule is covered by a shorter one.
  return { levels, completeDepth: depth, breaking };
}

function successors({ steps, model }: Node, levers: readonly ScheduledLever[]): readonly Node[] {
  return legalSteps(model, levers).flatMap((step) => {
    const move = play(model, step);
    return move.legal ? [{ steps: [...steps, step], model: move.state }] : [];
  });
}

async function playAll(
  nodes: readonly Node[],
  depth: number,
  ports: SearchPorts,
  foundBefore: number,
): Promise<readonly (Outcome | undefined)[]> {
  const outcomes = new Array<Outcome | undefined>(nodes.length).fill(undefined);
  let next = 0;
  let played = 0;
  let broken = foundBefore;
  const worker = async (): Promise<void> => {
    while (next < nodes.length && !ports.signal.aborted) {
      const index = next;
      next += 1;
      const node = nodes[index];
      if (node === undefined) return;
      const outcome = await ports.play(node.steps);
      outcomes[index] = outcome;
      played += 1;
      if (outcome.harmed) broken += 1;
      ports.progress({ depth, played, ofLevel: nodes.length, breaking: broken });
    }
  };
  await Promise.all(Array.from({ length: Math.min(ports.jobs, nodes.length) }, worker));
  return outcomes;
}
