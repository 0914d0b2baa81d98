/** Writes the reports and the result of a run into the run directory. result.json comes last, because it means that the other files exist. */
import { notAvailable } from "../../base/errors.ts";
import { runFolder } from "./run-folder.ts";
import { writeAndRename } from "./write-and-rename.ts";

export interface Renderings {
  readonly html: string;
  readonly markdown: string;
  readonly junit: string;
  readonly result: string;
}

export function writeRenderings(folder: string, renderings: Renderings): void {
  const paths = runFolder(folder);
  try {
    writeAndRename(paths.html, renderings.html);
    writeAndRename(paths.markdown, renderings.markdown);
    writeAndRename(paths.junit, renderings.junit);
    writeAndRename(paths.result, renderings.result);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    throw notAvailable(`The report could not be written into ${folder}: ${why}`, {
      hint: `The evidence is complete: longrun report ${folder} --format html prints the page.`,
      cause: error,
    });
  }
}
