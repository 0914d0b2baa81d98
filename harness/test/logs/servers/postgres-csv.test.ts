/** Tests that Postgres's csvlog is read like its usual log. The lines are of Postgres 15.18. */
import { expect } from "chai";
import { readLines, recordTexts } from "./read-lines.ts";

const A = "2026/11/25/[$LATEST]010f7d718598ba7513a74a53d4869abf";
const LOG = `2026-11-26 10:07:37.356 CET,,,13631,,6b07f6d9.353f,5,,2026-11-26 10:07:37 CET,,0,LOG,00000,"database system is ready to accept connections",,,,,,,,,"","postmaster",,0
2026-11-26 10:07:39.911 CET,,,13644,"127.0.0.1:56754",6b07f6db.354c,1,"",2026-11-26 10:07:39 CET,,0,LOG,00000,"connection received: host=127.0.0.1 port=56754",,,,,,,,,"","not initialized",,0
2026-11-26 10:07:39.912 CET,"fn","app",13644,"127.0.0.1:56754",6b07f6db.354c,2,"authentication",2026-11-26 10:07:39 CET,3/5,0,LOG,00000,"connection authorized: user=fn database=app application_name=${A}",,,,,,,,,"","client backend",,0
2026-11-26 10:07:40.000 CET,"fn","app",13644,"127.0.0.1:56754",6b07f6db.354c,2,"SELECT",2026-11-26 10:07:39 CET,3/5,0,LOG,00000,"statement: select 'a
2026, ""b""'",,,,,,,,,"x","client backend",,0
2026-11-26 10:07:40.436 CET,"fn","app",13646,"127.0.0.1:56756",6b07f6dc.354e,3,"startup",2026-11-26 10:07:40 CET,4/1,0,FATAL,53300,"too many connections for role ""fn""",,,,,,,,,"","client backend",,0
2026-11-26 10:07:41.933 CET,"fn","app",13644,"127.0.0.1:56754",6b07f6db.354c,3,"idle",2026-11-26 10:07:39 CET,,0,LOG,00000,"disconnection: session time: 0:00:02.025 user=fn database=app host=127.0.0.1 port=56754",,,,,,,,,"${A}","client backend",,0`;

describe("Postgres's csvlog", () => {
  it("shows which connections were accepted, refused and closed, despite a statement of several lines", () => {
    const read = readLines(LOG);
    expect(recordTexts(read)).to.deep.equal([
      "09:07:37.356 ready",
      `09:07:39.912 accepted 1 ${A}`,
      "09:07:40.436 refused 2 user",
      `09:07:41.933 closed 1 ${A}`,
    ]);
    expect(read.lost).to.deep.equal([]);
  });

  it("finds the client's name in the column application_name if the connection is older than the log", () => {
    expect(recordTexts(readLines(LOG.split("\n").at(-1) ?? ""))[0]).to.equal(`09:07:39.908 accepted 1 ${A}`);
  });

  it("counts a record that is cut in the middle, and reads the records after it", () => {
    const lines = LOG.split("\n");
    lines[1] = (lines[1] ?? "").slice(0, 150);
    const read = readLines(lines.join("\n"));
    expect(read.lost).to.have.lengthOf(1);
    expect(recordTexts(read).at(-1)).to.equal(`09:07:41.933 closed 2 ${A}`);
  });
});
