/**
 * Shows how large the rooms of the repository are, in tokens of TypeScript: comments, white space and JSON do not count.
 *   npm run size               all files that git knows or would add
 *   npm run size -- COMMIT     the same beside those of a commit
 */
import { argv, exit, stderr, stdout } from "node:process";
import { filesOfCommit, filesOfNow } from "./size/read-tree.ts";
import { sizeTable, tokensByRoom } from "./size/size-table.ts";

const [commit, ...more] = argv.slice(2);
if (more.length > 0 || commit?.startsWith("-") === true) {
  stderr.write(
    "usage: npm run size [-- COMMIT]\nCOMMIT: a commit, branch or tag to compare with, for example HEAD~10\n",
  );
  exit(64);
}
try {
  const before = commit === undefined ? null : tokensByRoom(filesOfCommit(commit));
  stdout.write(sizeTable(tokensByRoom(filesOfNow()), before));
} catch (error) {
  stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  exit(1);
}
