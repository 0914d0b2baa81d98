/**
 * Tests that Postgres's log is read in its usual form, with several prefixes, and that other text is not read as a connection. The lines are
 * of Postgres 15.18.
 */
import { expect } from "chai";
import { readLines, recordTexts } from "./read-lines.ts";

const [A, B] = [
  "2026/11/25/[$LATEST]010f7d718598ba7513a74a53d4869abf",
  "2026/11/25/[$LATEST]5f80c7ed357e58ce6f5fbeb42025a9e8",
];

const LOG = `2026-11-26 10:07:37.329 CET [13631] LOG:  starting PostgreSQL 15.18 (Debian 15.18-0+deb12u1)
2026-11-26 10:07:37.356 CET [13631] LOG:  database system is ready to accept connections
2026-11-26 10:07:39.911 CET [13644] [unknown]@[unknown]/[unknown] LOG:  connection received: host=127.0.0.1 port=56754
2026-11-26 10:07:39.912 CET [13644] fn@app/[unknown] LOG:  connection authorized: user=fn database=app application_name=${A}
2026-11-26 10:07:40.434 CET [13646] [unknown]@[unknown]/[unknown] LOG:  connection received: host=127.0.0.1 port=56756
2026-11-26 10:07:40.436 CET [13646] fn@app/[unknown] LOG:  connection authorized: user=fn database=app application_name=${B} SSL enabled (protocol=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384, bits=256)
2026-11-26 10:07:40.436 CET [13646] fn@app/[unknown] FATAL:  too many connections for role "fn"
2026-11-26 10:07:40.530 CET [13648] [unknown]@[unknown]/[unknown] LOG:  connection received: host=127.0.0.1 port=56760
2026-11-26 10:07:40.539 CET [13648] postgres@nodb/[unknown] LOG:  connection authorized: user=postgres database=nodb application_name=x
2026-11-26 10:07:40.539 CET [13648] postgres@nodb/[unknown] FATAL:  database "nodb" does not exist
2026-11-26 10:07:41.933 CET [13644] fn@app/${A} LOG:  disconnection: session time: 0:00:02.025 user=fn database=app host=127.0.0.1 port=56754`;

describe("Postgres's log", () => {
  it("shows which connections were accepted, refused (with the limit) and closed", () => {
    const read = readLines(LOG);
    expect(recordTexts(read)).to.deep.equal([
      "09:07:37.356 ready",
      `09:07:39.912 accepted 1 ${A}`,
      `09:07:40.436 refused 2 ${B} user`,
      "09:07:40.539 closed 3",
      `09:07:41.933 closed 1 ${A}`,
    ]);
    expect(read.records[1]).to.deep.equal({
      time: "2026-11-26T09:07:39.912Z",
      event: "accepted",
      connection: 1,
      remote: "127.0.0.1:56754",
      hello: null,
      server: { client: A, user: "fn", database: "app", limit: null, session: null, resolutionMs: 1 },
    });
    expect([read.lost, read.kind]).to.deep.equal([[], "postgres"]);
  });

  it("gives no record of a client that came while the server was starting or stopping", () => {
    const lines = ["starting up", "shutting down", "in recovery mode"].flatMap((state, index) => [
      `2026-11-26 10:07:39.911 UTC [${index}] LOG:  connection received: host=127.0.0.1 port=${index + 1}`,
      `2026-11-26 10:07:39.912 UTC [${index}] fn@app FATAL:  the database system is ${state}`,
    ]);
    expect(recordTexts(readLines([...lines, LOG.split("\n")[1]].join("\n")))).to.deep.equal([
      "09:07:37.356 ready",
    ]);
  });

  for (const [said, user, database, client] of [
    ["user=fn", "fn", null, null],
    ["user=a b database=c d", "a b", "c d", null],
    ["user=fn application_name=x database=y", "fn", null, "x database=y"],
    ["user=fn database=app SSL enabled (bits=256) GSS (encrypted=no)", "fn", "app", null],
    ["user=fn database=app application_name=x SSL enabled (bits", "fn", "app", "x SSL enabled (bits"],
  ] as const)
    it(`names the user, the database and the client of "${said}"`, () => {
      const line = `2026-11-26 10:07:39.912 CET [9] x@y LOG:  connection authorized: ${said}`;
      const server = readLines(line).records[0]?.server;
      expect([server?.user, server?.database, server?.client]).to.deep.equal([user, database, client]);
    });

  for (const { prefix, from, to } of [
    {
      prefix: "the prefix of Amazon RDS",
      from: /^(\S+ \S+) CET \[(\d+)\] .*?(?=LOG|FATAL)/gm,
      to: "$1 CET:127.0.0.1(5):u@d:[$2]:",
    },
    {
      prefix: "pid= and a line number",
      from: /^(\S+ \S+) CET \[(\d+)\] .*?(?=LOG|FATAL)/gm,
      to: "$1 CET pid=$2 line=7 ",
    },
    { prefix: "a numeric zone", from: /^(\S+ \S+) CET/gm, to: "$1 +01" },
  ])
    it(`is read with another prefix: ${prefix}`, () => {
      expect(recordTexts(readLines(LOG.replace(from, to)))).to.deep.equal(recordTexts(readLines(LOG)));
    });

  it("shows a client as refused if it was first authorized and then refused", () => {
    const lines = LOG.split("\n");
    const [authorized, refused] = [lines[5] ?? "", lines[6] ?? ""];
    const between = [authorized, "2026-11-26 10:07:40.436 CET [9] x@y LOG:  duration: 1 ms", refused];
    expect(recordTexts(readLines(between.join("\n")))).to.deep.equal([`09:07:40.436 refused 1 ${B} user`]);
  });

  it("shows the beginning of a connection that is older than the log", () => {
    expect(recordTexts(readLines(LOG.split("\n").slice(-1)[0] ?? ""))).to.deep.equal([
      "09:07:39.908 accepted 1",
      "09:07:41.933 closed 1",
    ]);
  });

  it("finds the client's name behind app= if the connection is older than the log", () => {
    const line = (LOG.split("\n").at(-1) ?? "").replace(`fn@app/${A}`, `fn@app app=${A}`);
    expect(recordTexts(readLines(line))).to.deep.equal([
      `09:07:39.908 accepted 1 ${A}`,
      `09:07:41.933 closed 1 ${A}`,
    ]);
  });

  it("distinguishes connections that the server ended from those that the client ended", () => {
    const ended = (message: string): string =>
      recordTexts(
        readLines(
          [
            ...LOG.split("\n").slice(2, 4),
            `2026-11-26 10:07:41.000 CET [13644] ${message}`,
            LOG.split("\n").at(-1),
          ].join("\n"),
        ),
      )[1] ?? "";
    expect(ended("FATAL:  terminating connection due to idle-session timeout")).to.match(/ idle-timeout 1 /);
    expect(ended("LOG:  could not receive data from client: Connection reset by peer")).to.match(/ reset 1 /);
    expect(ended("LOG:  could not receive data from client: Connection timed out")).to.match(
      / idle-timeout 1 /,
    );
  });

  it("counts a broken line as lost, and leaves out one connection number for it", () => {
    const lines = LOG.split("\n");
    lines[4] = "26-11-26 10:07:4\u0000\u0000";
    const read = readLines(lines.join("\n"));
    expect(read.lost).to.deep.equal([lines[4]]);
    expect(recordTexts(read)[2]).to.equal(`09:07:40.436 refused 3 ${B} user`);
  });

  it("does not read the text of a statement as a log line", () => {
    const statement =
      "2026-11-26 10:07:41.000 CET [13644] fn@app STATEMENT:  select 'LOG:  connection received: host=1 port=2'\n\tLOG:  connection received: host=3 port=4";
    expect(recordTexts(readLines(`${LOG}\n${statement}`))).to.deep.equal(recordTexts(readLines(LOG)));
  });

  it("shows a connection as closed if a new one has its pid, and leaves out a number, because the line of the end is missing", () => {
    const lines = LOG.split("\n").slice(2, 4);
    const again = lines.map((line) => line.replace("10:07:39", "10:07:49").replace(A, B));
    expect(recordTexts(readLines([...lines, ...again].join("\n")))).to.deep.equal([
      `09:07:39.912 accepted 1 ${A}`,
      `09:07:49.911 closed 1 ${A}`,
      `09:07:49.912 accepted 3 ${B}`,
    ]);
  });
});
