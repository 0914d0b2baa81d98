/** Tests that sshd's log is read from syslog and journalctl, and that a full MaxStartups counts no places. */
import { expect } from "chai";
import { readLines, told } from "./read-lines.ts";

const LOG = (time: string): string =>
  [
    `${time} host CRON[1]: pam_unix(cron:session): session opened for user root(uid=0)`,
    `${time} host sshd[10]: Connection from 10.0.1.12 port 40001 on 10.0.9.9 port 22 rdomain ""`,
    `${time} host sshd[10]: Accepted publickey for fn from 10.0.1.12 port 40001 ssh2: ED25519 SHA256:x`,
    `${time} host sshd[1]: drop connection #1 from [10.0.1.13]:40002 on [10.0.9.9]:22 past MaxStartups`,
    `${time} host sshd-session[11]: Received disconnect from 10.0.1.12 port 40001:11: disconnected by user`,
    `${time} host sshd-session[11]: Disconnected from user fn 10.0.1.12 port 40001`,
  ].join("\n");

describe("sshd's log", () => {
  for (const { form, time, zone } of [
    { form: "syslog", time: "Nov  5 01:02:03", zone: 0 },
    { form: "journalctl -o short-iso-precise", time: "2026-11-05T02:02:03.000000+0100", zone: null },
  ])
    it(`shows who was served and refused, from ${form}`, () => {
      const read = readLines(LOG(time), { zone });
      expect(told(read)).to.deep.equal([
        "01:02:03.000 accepted 1 fn",
        "01:02:03.000 refused 2 none",
        "01:02:03.000 closed 1 fn",
      ]);
      expect(read.records[0]?.time).to.equal("2026-11-05T01:02:03.000Z");
    });
});
