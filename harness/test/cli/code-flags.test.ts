/** Tests that soak and explore refuse flags that the given code does not use, before anything is built or started. */
import { expect } from "chai";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { longrun } from "./memory-machine.ts";

const MODULE = { "index.mjs": "export const handler = async () => 1;" };
const GO = { "go.mod": "module example.com/f\n", "main.go": "package main\nfunc main() {}\n" };

describe("a flag about --code", () => {
  const folder = temporaryFolder();

  const cases: readonly {
    readonly title: string;
    readonly files: Readonly<Record<string, string>> | null;
    readonly flags: readonly string[];
    readonly says: string;
  }[] = [
    {
      title: "--bin without a Cargo package",
      files: GO,
      flags: ["--bin", "x"],
      says: "works only with the folder of a Cargo package in Rust",
    },
    {
      title: "--bin with a shipped design",
      files: null,
      flags: ["--bin", "x"],
      says: "works only with --code",
    },
    {
      title: "--launcher for a runtime that needs none",
      files: MODULE,
      flags: ["--runtime", "nodejs22.x", "--launcher", "run it"],
      says: "works only with functions in .NET and Ruby: nodejs22.x needs no such command",
    },
    {
      title: "--launcher for a folder that would be built",
      files: GO,
      flags: ["--launcher", "run it"],
      says: "works only with functions in .NET and Ruby: provided.al2023 needs no such command",
    },
    {
      title: "--launcher for a folder of another language than --runtime",
      files: GO,
      flags: ["--runtime", "ruby3.4", "--launcher", "run it"],
      says: "expected code in Ruby for ruby3.4, but this is Go or Rust",
    },
    {
      title: "--launcher with a shipped design",
      files: null,
      flags: ["--launcher", "run it"],
      says: "works only with --code",
    },
    {
      title: "a --runtime that Lambda no longer supports",
      files: MODULE,
      flags: ["--runtime", "python3.7"],
      says: "AWS says: The runtime parameter of python3.7 is no longer supported for creating or updating AWS Lambda functions.",
    },
  ];
  for (const { title, files, flags, says } of cases)
    for (const command of ["soak", "explore"])
      it(`is refused by ${command}: ${title}`, async () => {
        const what = files === null ? ["--function", "init-connect"] : ["--code", folder.with("code", files)];
        const { code, err } = await longrun([command, ...what, ...flags], {
          workingFolder: folder.path(),
          columns: 1_000,
        });
        expect(code).to.equal(64);
        expect(err).to.include(says);
        // The message comes first, so nothing was built before it.
        expect(err).to.match(new RegExp(`^longrun ${command}: one thing is wrong`));
      });
});
