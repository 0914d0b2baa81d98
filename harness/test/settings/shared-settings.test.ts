import { expect } from "chai";
import { PROTOCOL } from "../../src/settings/shared-settings.ts";

describe("--protocol", () => {
  it("accepts `auto`, and a protocol under its usual name or under another name", () => {
    const parsed = ["auto", "postgres", "mariadb", "sftp", "bytes"].map((text) => PROTOCOL.value.parse(text));
    expect(parsed).to.deep.equal(
      ["auto", "postgres", "mysql", "ssh", "raw"].map((value) => ({ ok: true, value })),
    );
  });

  it("lists the protocols if it is given something else", () => {
    const parsed = PROTOCOL.value.parse("telnet");
    expect(parsed.ok ? "" : parsed.expected).to.match(
      /^one of .*postgres, mysql, redis, mqtt, amqp, ssh.*modbus/,
    );
  });
});
