import { readFileSync } from "node:fs";
import { arch, execPath, platform } from "node:process";
import { expect } from "chai";
import {
  type FoundFile,
  hostOf,
  PROGRAM_HEAD_BYTES,
  programFile,
  whyNotHere,
  whyScriptFails,
} from "../../../src/catalogue/runtimes/program-file.ts";

const LINUX = { system: "linux", processor: "x86_64" };

/** Makes the header of a 64-bit ELF program. If there is a loader, one program header has its path. */
function elf(machine: number, loader: string | null = null): Uint8Array {
  const head = Buffer.alloc(256);
  head.writeUInt32BE(0x7f454c46, 0);
  head.writeUInt8(2, 4);
  head.writeUInt8(1, 5);
  head.writeUInt16LE(machine, 18);
  if (loader === null) return head;
  head.writeBigUInt64LE(64n, 32);
  head.writeUInt16LE(56, 54);
  head.writeUInt16LE(1, 56);
  head.writeUInt32LE(3, 64);
  head.writeBigUInt64LE(128n, 72);
  head.writeBigUInt64LE(BigInt(loader.length + 1), 96);
  head.write(`${loader}\0`, 128);
  return head;
}

describe("the check of a program file", () => {
  for (const { title, head, why } of [
    { title: "a program for this computer", head: elf(62), why: null },
    { title: "a script", head: Buffer.from("#!/bin/sh\n"), why: null },
    {
      title: "a program for another processor",
      head: elf(183),
      why: "it is a program for Linux on arm64, and this machine runs programs for Linux on x86_64",
    },
    {
      title: "a program for macOS",
      head: Buffer.from([0xcf, 0xfa, 0xed, 0xfe, 0x0c, 0x00, 0x00, 0x01]),
      why: "it is a program for macOS on arm64, and this machine runs programs for Linux on x86_64",
    },
    {
      title: "a program for Windows",
      head: Buffer.from("MZ\0\0"),
      why: "it is a program for Windows, and this machine runs programs for Linux on x86_64",
    },
    {
      title: "a text file",
      head: Buffer.from("echo hello\n"),
      why: "it is neither a program for Linux on x86_64 nor a script that begins with #! and its interpreter",
    },
    {
      title: "an empty file",
      head: Buffer.alloc(0),
      why: "it is neither a program for Linux on x86_64 nor a script that begins with #! and its interpreter",
    },
  ])
    it(`reports about ${title}: ${why ?? "it can be started"}`, () =>
      expect(whyNotHere(head, LINUX)).to.equal(why));

  it("reports on a Mac for which system a Linux program was made", () =>
    expect(whyNotHere(elf(183), { system: "darwin", processor: "arm64" })).to.equal(
      "it is a program for Linux on arm64, and this machine runs programs for macOS on arm64",
    ));

  for (const [title, head, interpreter] of [
    ["the interpreter of a script", Buffer.from("#! /usr/bin/env node\n"), "/usr/bin/env"],
    ["the interpreter of a script with the line ends of Windows", Buffer.from("#!/bin/sh\r\n"), "/bin/sh\r"],
    ["the loader of a program", elf(62, "/lib/ld-musl-x86_64.so.1"), "/lib/ld-musl-x86_64.so.1"],
    ["nothing for a static program", elf(62), null],
  ] as const)
    it(`names what has to exist to start the file: ${title}`, () =>
      expect(programFile(head)?.interpreter ?? null).to.equal(interpreter));

  const there = (file: string): FoundFile => (file.endsWith("/python3") ? "program" : "missing");
  for (const [title, line, system, why] of [
    ["a program that env finds", "#!/usr/bin/env python3", "linux", null],
    ["options behind -S", "#!/usr/bin/env -S python3 -u", "linux", null],
    ["a variable", "#!/usr/bin/env -S A=1 python3", "linux", null],
    ["another PATH", "#!/usr/bin/env -S PATH=/my nosuch", "linux", null],
    ["an option of env", "#!/usr/bin/env -i nosuch", "linux", null],
    ["options on macOS", "#!/usr/bin/env python3 -u", "darwin", null],
    [
      "options on Linux",
      "#!/usr/bin/env python3 -u",
      "linux",
      'env gets "python3 -u" as the name of one program; expected #!/usr/bin/env -S python3 -u',
    ],
    [
      "a program that env does not find",
      "#! /usr/bin/env nosuch",
      "linux",
      "it needs nosuch, which is in none of /usr/local/bin, /usr/bin, /bin, where env searches",
    ],
    ["no env", "#!/bin/sh nosuch", "linux", null],
  ] as const)
    it(`reports about a script with ${title}: ${why ?? "nothing shows that it fails"}`, () =>
      expect(whyScriptFails(Buffer.from(`${line}\n`), there, system)).to.equal(why));

  it("finds that Node, which runs this test, can be started", () => {
    const head = readFileSync(execPath).subarray(0, PROGRAM_HEAD_BYTES);
    expect(whyNotHere(head, hostOf(platform, arch))).to.equal(null);
  });
});
