import { expect } from "chai";
import { tellingLines } from "../../../src/adapters/toolchains/telling-lines.ts";

const SCRIPT_FAILED = `npm error code 127
npm error path /home/me/.cache/longrun/node_modules/aws-lambda-ric
npm error command failed
npm error command sh -c ./scripts/preinstall.sh
npm error ./scripts/preinstall.sh: line 24: autoreconf: not found
npm error A complete log of this run can be found in: /home/me/.npm/_logs/1-debug-0.log
`;

describe("the lines of npm's output that an error message shows", () => {
  for (const { title, output, lines } of [
    {
      title: "leave out npm's prefix, the command and the log",
      output: SCRIPT_FAILED,
      lines: ["./scripts/preinstall.sh: line 24: autoreconf: not found"],
    },
    {
      title: "are the first three lines that name a cause, each line only once",
      output: "error: a\nerror: a\nok\nerror: b\nerror: c\nerror: d\n",
      lines: ["error: a", "error: b", "error: c"],
    },
    {
      title:
        "include a line with an error code (EPERM), but no line in which only the end of a word looks like a code (prebuild, release)",
      output: "> usb@2.1.0 prebuild\n> node-gyp-build release\nEPERM: /home/me\n",
      lines: ["EPERM: /home/me"],
    },
    { title: "are the last lines if none names a cause", output: "a\nb\nc\nd\n", lines: ["b", "c", "d"] },
    { title: "are none if npm printed nothing", output: "\n", lines: [] },
  ])
    it(title, () => {
      expect(tellingLines(output)).to.deep.equal(lines);
    });
});
