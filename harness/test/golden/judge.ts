/** Judges recorded evidence with the command line, inside this process. Nothing else of the product is imported here. */
import { join } from "node:path";
import { unpackCase, type GoldenCase } from "../../../scripts/golden/cases.ts";
import { unpackStory, type Story } from "../../../scripts/golden/stories.ts";
import { longrun } from "../cli/memory-machine.ts";
import { FORMATS, type Rendered } from "./sentences.ts";

/** Unpacks the recorded evidence of one case into the folder, which must be empty, and judges it. */
export async function judgeCase({ name, arguments: given }: GoldenCase, folder: string): Promise<Rendered> {
  unpackCase(name, folder);
  const outputs: [string, string][] = [];
  for (const format of FORMATS)
    outputs.push([format, await rendered([...given, "--format", format], folder)]);
  return Object.fromEntries(outputs) as Rendered;
}

/** Judges the evidence of a story in a folder below the given one. The result does not have the name of the story. */
export async function judgeStory(name: string, story: Story, folder: string): Promise<unknown> {
  const own = join(folder, name);
  return JSON.parse(await rendered([...unpackStory("story", story, own), "--json"], own));
}

async function rendered(given: readonly string[], workingFolder: string): Promise<string> {
  const { out, err } = await longrun(["analyze", ...given], { workingFolder });
  if (out === "") throw new Error(`${given.join(" ")} could not be judged: ${err}`);
  return out;
}
