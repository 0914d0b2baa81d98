/**
 * Makes runs/stories.random.jsonl.br: many small random run directories and exported logs, some with lines removed, doubled or reordered. They are
 * needed because real runs rarely show what the judgement does if evidence is missing. The file is made only once:
 *
 * node --import tsx harness/test/golden/make-stories.ts
 */
import fc from "fast-check";
import { writeStories } from "../../../scripts/golden/stories.ts";
import * as mutate from "../analysis/analyze/mutate.ts";
import { play, randomStory } from "../analysis/analyze/random-story.ts";
import { storyFiles } from "./story-files.ts";

const STORIES = 160;
const SEED = 20261125;

const every = fc.constantFrom(0, 0, 5, 9, 17);
const thinned = fc
  .record({ records: every, peerLog: every, linkLog: every, journal: every })
  .map((of): mutate.Mutation => (evidence) => ({
    ...evidence,
    journal: evidence.journal === null ? null : without(evidence.journal, of.journal),
    functions: evidence.functions.map((one) => ({
      ...one,
      records: without(one.records, of.records),
      peerLog: one.peerLog === null ? null : without(one.peerLog, of.peerLog),
      linkLog: one.linkLog === null ? null : without(one.linkLog, of.linkLog),
    })),
  }));
const change = fc.oneof(
  { weight: 6, arbitrary: fc.constant(mutate.asIs) },
  { weight: 4, arbitrary: thinned },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      mutate.withoutPeerLog,
      mutate.withoutLinkLog,
      mutate.withoutHello,
      mutate.withoutLifecycleLines,
      mutate.withoutSequences,
      mutate.doubled,
      mutate.reordered,
      mutate.withoutJournal,
      mutate.chain(mutate.withoutJournal, mutate.withoutPeerLog),
      mutate.chain(mutate.withoutJournal, mutate.withoutHello),
      mutate.chain(mutate.withoutPeerLog, mutate.withoutLinkLog),
      mutate.chain(mutate.withoutLifecycleLines, mutate.withoutLinkLog),
    ),
  },
);

function without<T>(list: readonly T[], each: number): readonly T[] {
  return each === 0 ? list : list.filter((_, index) => index % each !== each - 1);
}

const stories = fc.sample(fc.tuple(randomStory, change), { numRuns: STORIES, seed: SEED });
writeStories(
  "random",
  stories.map(([story, mutation]) => ({
    of: "make-stories.ts",
    arguments: [],
    files: storyFiles(mutation(play(story))),
  })),
);
