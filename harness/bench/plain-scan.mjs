// A plain scan of a log for platform events, as one would write it who wants it fast: each line is found, and whether `platform.` is in it, in the
// bytes (`bytes`) or with Node's own line reader (`readline`). node harness/bench/plain-scan.mjs bytes|readline FILE
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

const [, , kind, file] = process.argv;
let [lines, found] = [0, 0];

if (kind === "readline") {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    lines += 1;
    if (line.includes("platform.")) found += 1;
  }
} else {
  // A line that two chunks share is looked at in neither: the scan is not made slower than it has to be.
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      lines += 1;
      if (chunk.subarray(from, end).includes("platform.")) found += 1;
      from = end + 1;
    }
  }
}
process.stdout.write(`${lines} lines, ${found} with a platform event\n`);
