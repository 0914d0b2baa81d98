/** Tests that sshd's log is read from syslog and journalctl, and that a refusal by MaxStartups says nothing about the number of places. */
import { expect } from "chai";
import { readLines, recordTexts } from "./read-lines.ts";

const LOG = (time: string): string =>
  [
    `${time} host CRON[1]: pam_unix(cron:session): session opened for user root(uid=0)`,
    `${time} host sshd[10]: Connection from 10.0.1.12 port 40001 on 10.0.9.9 port 22 rdomain ""`,
    `${time} host sshd[10]: Accepted publickey for fn from 10.0.1.12 port 40001 ssh2: ED25519 SHA256:x`,
    `${time} host sshd[1]: drop connection #1 from [10.0.1.13]:40002 on [10.0.9.9]:22 past MaxStartups`,
    `${time} host sshd-session[11]: Received disconnect from 10.0.1.12 port 40001:11: disconnected by user`,
    `${time} host sshd-session[11]: Disconnected from user fn 10.0.1.12 port 40001`,
  ].join("\n");

/** From OpenSSH 9.2p1 on Debian: a TCP connection without a login, then a client that logs in with a key and uses SFTP. */
const REAL = [
  `Connection from 127.0.0.1 port 53874 on 127.0.0.1 port 22 rdomain ""`,
  "kex_exchange_identification: Connection closed by remote host",
  "Connection closed by 127.0.0.1 port 53874",
  `Connection from 127.0.0.1 port 53884 on 127.0.0.1 port 22 rdomain ""`,
  "Accepted key ED25519 SHA256:2T0LR3GJ12pWNCOUPaz+X found at /etc/ssh/user.pub:1",
  "Postponed publickey for nobody from 127.0.0.1 port 53884 ssh2 [preauth]",
  "Accepted publickey for nobody from 127.0.0.1 port 53884 ssh2: ED25519 SHA256:2T0LR3GJ12pWNCOUPaz+X",
  "User child is on pid 26911",
  "Starting session: forced-command (config) 'internal-sftp' for nobody from 127.0.0.1 port 53884 id 0",
  "Close session: user nobody from 127.0.0.1 port 53884 id 0",
  "Connection closed by 127.0.0.1 port 53884",
  "Transferred: sent 85552, received 14564 bytes",
  "Closing connection to 127.0.0.1 port 53884",
]
  .map((message) => `2026-11-26T10:30:44.550000+0000 host sshd[26906]: ${message}`)
  .join("\n");

describe("sshd's log", () => {
  it("is read as a real sshd writes it", () => {
    const read = readLines(REAL);
    expect([recordTexts(read).map((line) => line.slice(13)), read.lost]).to.deep.equal([
      ["accepted 1 nobody", "closed 1 nobody"],
      [],
    ]);
  });

  for (const { form, time, zone } of [
    { form: "syslog", time: "Nov  5 01:02:03", zone: 0 },
    { form: "journalctl -o short-iso-precise", time: "2026-11-05T02:02:03.000000+0100", zone: null },
  ])
    it(`shows which connections were accepted and refused, from ${form}`, () => {
      const read = readLines(LOG(time), { zone });
      expect(recordTexts(read)).to.deep.equal([
        "01:02:03.000 accepted 1 fn",
        "01:02:03.000 refused 2 none",
        "01:02:03.000 closed 1 fn",
      ]);
      expect(read.records[0]?.time).to.equal("2026-11-05T01:02:03.000Z");
    });
});
