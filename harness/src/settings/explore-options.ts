/** The settings of a search over schedules, as flags. */
import { SEED_MAX, ADMISSIONS } from "./soak-options.ts";
import { DESIGNS } from "./function-choice.ts";
import { repeatable, single, toggle } from "./option.ts";
import * as value from "./value-parsers.ts";

const what = {
  function: single(
    { placeholder: "NAME", description: `A shipped design: ${DESIGNS.join(", ")}.` },
    value.oneOf(DESIGNS),
  ),
  code: single(
    {
      placeholder: "FILE",
      description: "Your own handler: a package (.zip), a folder, or a source file (.mjs, .js, .cjs, .ts).",
    },
    value.anyText("a file or folder"),
  ),
  handler: single(
    {
      placeholder: "NAME",
      description: "Handler of --code.",
      default: "index.handler; of a source file its own name",
    },
    value.anyText("a handler such as index.handler"),
  ),
  env: repeatable(
    { placeholder: "KEY=VALUE", description: "A variable of the function." },
    value.environmentVariable,
  ),
  link: single(
    {
      placeholder: "HOSTVAR:PORTVAR",
      description: "The variables in which the function finds the peer's address.",
      default: "PEER_HOST:PEER_PORT",
    },
    value.linkVariables,
  ),
} as const;

const where = {
  out: single(
    {
      placeholder: "FOLDER",
      description: "Where the files go, new or empty.",
      default: "runs/TIME-explore-NAME",
    },
    value.anyText("a folder"),
  ),
  json: toggle("Print the result as JSON."),
} as const;

export const EXPLORE_OPTIONS = {
  ...what,
  event: single(
    { placeholder: "JSON|FILE", description: "What each invocation is given.", default: "{}" },
    value.anyText("JSON or a file with JSON"),
  ),
  admission: single(
    {
      placeholder: "NAME",
      description: "What the peer does with a second connection: refuse, backlog or evict.",
      default: "refuse",
    },
    value.oneOf(ADMISSIONS),
  ),
  depth: single(
    { placeholder: "NUMBER", description: "Every schedule of up to so many steps is played.", default: "3" },
    value.wholeNumber({ min: 1, max: 10 }),
  ),
  runs: single(
    {
      placeholder: "NUMBER",
      description: "Longer schedules drawn by chance where no shorter one breaks the function.",
      default: "200",
    },
    value.wholeNumber({ min: 0, max: 1_000_000 }),
  ),
  seed: single(
    { placeholder: "NUMBER", description: "Draws the longer schedules; drawn and told when not given." },
    value.wholeNumber({ min: 0, max: SEED_MAX }),
  ),
  yes: toggle("Do not ask before a search that may take long."),
  ...where,
} as const;

export const REPLAY_OPTIONS = { ...what, json: toggle("Print result.json instead of the story.") } as const;
