import { expect } from "chai";
import * as fc from "fast-check";
import {
  readConnectionString,
  withAddress,
} from "../../../src/catalogue/connection-strings/read-connection-string.ts";
import { propertyCases } from "../../support/test-all.ts";

const LINK = { host: "127.0.0.1", port: 40_001 };

function read(text: string): { readonly addresses: string; readonly written: string } | string {
  const found = readConnectionString(text);
  if ("problem" in found) return found.problem;
  const addresses = found.addresses.map(({ host, port }) => `${host} ${port ?? "-"}`).join(", ");
  return { addresses, written: withAddress(text, found, LINK) };
}

const READ: readonly (readonly [string, string, string])[] = [
  // URLs
  ["postgres://app:p@ss@db:6543/app?x=1", "db 6543", "postgres://app:p@ss@127.0.0.1:40001/app?x=1"],
  ["postgresql://db/app", "db 5432", "postgresql://127.0.0.1:40001/app"],
  ["postgres://u:a/b?c#d@db/app", "db 5432", "postgres://u:a/b?c#d@127.0.0.1:40001/app"],
  [
    "postgresql://u@a:1,b/app?target_session_attrs=any",
    "a 1, b 5432",
    "postgresql://u@127.0.0.1:40001,127.0.0.1:40001/app?target_session_attrs=any",
  ],
  ["postgresql:///app?host=db&x=1", "db 5432", "postgresql:///app?host=127.0.0.1&port=40001&x=1"],
  [
    "postgresql://u:p%40w@other:15432/app?host=db",
    "db 15432",
    "postgresql://u:p%40w@other:40001/app?host=127.0.0.1",
  ],
  ["postgresql://[::1]:15432?host=db", "db 15432", "postgresql://[::1]:40001?host=127.0.0.1"],
  ["postgresql://other:1/app?host=db&port=2", "db 2", "postgresql://other:1/app?host=127.0.0.1&port=40001"],
  ["user=app host=db port=", "db 5432", "user=app host=127.0.0.1 port=40001"],
  [
    "postgresql:///app?port=&host=a,b",
    "a 5432, b 5432",
    "postgresql:///app?port=40001&host=127.0.0.1,127.0.0.1",
  ],
  ["postgresql:///app?port=1&host=a,b", "a 1, b 1", "postgresql:///app?port=40001&host=127.0.0.1,127.0.0.1"],
  ["postgresql+psycopg://u:p@db/app", "db 5432", "postgresql+psycopg://u:p@127.0.0.1:40001/app"],
  ["jdbc:postgresql://db:5433/app?user=a", "db 5433", "jdbc:postgresql://127.0.0.1:40001/app?user=a"],
  [
    "jdbc:mysql:loadbalance://a:1,b/x",
    "a 1, b 3306",
    "jdbc:mysql:loadbalance://127.0.0.1:40001,127.0.0.1:40001/x",
  ],
  [
    "jdbc:sqlserver://db:1434;user=sa;password=p@x:1;",
    "db 1434",
    "jdbc:sqlserver://127.0.0.1:40001;user=sa;password=p@x:1;",
  ],
  ["amqp://broker", "broker 5672", "amqp://127.0.0.1:40001"],
  ["amqps://u:p@broker/%2Fv", "broker 5671", "amqps://u:p@127.0.0.1:40001/%2Fv"],
  ["amqp://a:1,amqp://u:p@b", "a 1, b 5672", "amqp://127.0.0.1:40001,amqp://u:p@127.0.0.1:40001"],
  ["redis://:p@[fd00::1]:6380/0", "fd00::1 6380", "redis://:p@127.0.0.1:40001/0"],
  ["rediss://[::1]", "::1 6379", "rediss://127.0.0.1:40001"],
  ["MQTT://broker", "broker 1883", "MQTT://127.0.0.1:40001"],
  ["mqtts://broker", "broker 8883", "mqtts://127.0.0.1:40001"],
  ["tcp://plc", "plc -", "tcp://127.0.0.1:40001"],
  ["tcp://plc:502", "plc 502", "tcp://127.0.0.1:40001"],
  // Postgres' keys and values
  ["host=db port=6543 user=app", "db 6543", "host=127.0.0.1 port=40001 user=app"],
  ["user=app host=db", "db 5432", "user=app host=127.0.0.1 port=40001"],
  [
    "host=a,b port=1,2 password='it\\'s; host=x'",
    "a 1, b 2",
    "host=127.0.0.1,127.0.0.1 port=40001,40001 password='it\\'s; host=x'",
  ],
  ["host='db' password=a;b=c", "db 5432", "host='127.0.0.1' port=40001 password=a;b=c"],
  ["host=::1 port=5", "::1 5", "host=127.0.0.1 port=40001"],
  ["hostaddr=10.0.0.1 host=db", "10.0.0.1 5432", "hostaddr=127.0.0.1 port=40001 host=db"],
  // ADO.NET
  [
    'Server=tcp:db,1434;Database=a;Password="x;Server=y"',
    "db 1434",
    'Server=tcp:127.0.0.1,40001;Database=a;Password="x;Server=y"',
  ],
  ["Data Source = db , 1433 ; x = y", "db 1433", "Data Source = 127.0.0.1,40001 ; x = y"],
  ["server=db\\INST,1433", "db 1433", "server=127.0.0.1,40001"],
  ["Server=db;Port=3307;Uid=a;Pwd=b c", "db 3307", "Server=127.0.0.1;Port=40001;Uid=a;Pwd=b c"],
  ["Host=db;Port=6543;Password=x", "db 6543", "Host=127.0.0.1;Port=40001;Password=x"],
  ["Host=db;Password=x", "db 5432", "Host=127.0.0.1;Port=40001;Password=x"],
  ["Host=a:1,b;Password=x", "a 1, b 5432", "Host=127.0.0.1:40001,127.0.0.1;Port=40001;Password=x"],
  // Go's MySQL driver
  ["app:p@/(x@tcp(db:3307)/app?a=b", "db 3307", "app:p@/(x@tcp(127.0.0.1:40001)/app?a=b"],
  ["app:p@tcp(db)/app", "db 3306", "app:p@tcp(127.0.0.1:40001)/app"],
  ["app:p@tcp([::1]:1)/", "::1 1", "app:p@tcp(127.0.0.1:40001)/"],
  // HOST:PORT
  ["plc:502", "plc 502", "127.0.0.1:40001"],
  ["[fd00::1]:502", "fd00::1 502", "127.0.0.1:40001"],
  ["a:1, b:2", "a 1, b 2", "127.0.0.1:40001, 127.0.0.1:40001"],
];

const REFUSED: readonly (readonly [string, RegExp])[] = [
  ["", /^holds no URL, DSN or HOST:PORT/],
  ["hello there", /^holds no URL, DSN or HOST:PORT/],
  ["plc", /^names no port/],
  ["plc:0", /^has the port 0: a port is a number from 1 to 65535$/],
  ["plc:65536", /^has the port 65536/],
  ["postgres://app:123456@db:99999/app", /^has the port 99999/],
  ["postgres://db:x/app", /^holds no/],
  ["postgresql:///app?host=%2Fcloudsql%2Fa", /Unix socket/],
  ["postgresql://%2Fvar%2Frun/app", /Unix socket/],
  ["host=/var/run user=a", /Unix socket/],
  ["a:b@unix(/run/mysql.sock)/app", /Unix socket/],
  ["mongodb+srv://u:p@cluster/app", /in DNS/],
  ["Server=db;Uid=a", /^names no port/],
  ["Server=(localdb)\\x", /^holds no/],
];

describe("a connection string", () => {
  for (const [text, addresses, written] of READ)
    it(`${text} names ${addresses}, which is replaced by the link's address`, () => {
      expect(read(text)).to.deep.equal({ addresses, written });
    });

  for (const [text, problem] of REFUSED)
    it(`${JSON.stringify(text)} is refused with the reason`, () => {
      expect(read(text)).to.match(problem);
    });

  it("is refused if it has more bytes than Lambda allows, even if it has fewer characters", () => {
    expect(read(`postgres://u:${"é".repeat(2_049)}@db/app`)).to.match(/^is longer than 4096 bytes/);
  });

  it("has an IPv6 address of the link in brackets where a colon follows the address", () => {
    const ipv6 = { host: "::1", port: 7 };
    const written = ["redis://db", "host=db", "db:1"].map((text) => {
      const found = readConnectionString(text);
      return "problem" in found ? found.problem : withAddress(text, found, ipv6);
    });
    expect(written).to.deep.equal(["redis://[::1]:7", "host=::1 port=7", "[::1]:7"]);
  });

  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/);
  const host = fc.oneof(
    fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join(".")),
    fc.ipV4(),
  );
  const port = fc.integer({ min: 1, max: 65_535 });
  const hosts = fc.array(fc.tuple(host, port), { minLength: 1, maxLength: 3 });
  const password = fc.string({ maxLength: 20, unit: "grapheme" });
  const user = fc.stringMatching(/^[a-z]{1,8}$/);
  const pairs = (list: readonly (readonly [string, number])[]): string =>
    list.map(([name, number]) => `${name}:${number}`).join(",");
  /**
   * Returns, for each form, the text before the list of hosts and the text after it; neither may change. The password is written as the
   * form's grammar allows it.
   */
  const forms: Readonly<Record<string, (name: string, secret: string) => readonly [string, string]>> = {
    "a URL": (name, secret) => [`postgres://${name}:${encodeURIComponent(secret)}@`, "/app?sslmode=require"],
    "a URL with an unescaped password": (name, secret) => [
      `mysql://${name}:${secret.replace(/[/?#\s]/g, "_")}@`,
      "/app",
    ],
    JDBC: (name, secret) => [`jdbc:mysql://`, `/app?user=${name}&password=${encodeURIComponent(secret)}`],
    "a DSN of Go": (name, secret) => [`${name}:${secret}@tcp(`, ")/app?parseTime=true"],
    "ADO.NET": (name, secret) => [
      `Username=${name};Password="${secret.replace(/"/g, '""')}";Host=`,
      ";Database=app",
    ],
    "Postgres' keys and values": (name, secret) => [
      `user=${name} password='${secret.replace(/[\\']/g, "\\$&")}' host=`,
      " dbname=app",
    ],
  };
  for (const [form, around] of Object.entries(forms)) {
    it(`keeps everything but the address byte for byte, whatever the password: ${form}`, () => {
      fc.assert(
        fc.property(hosts, user, password, (list, name, secret) => {
          const [before, after] = around(name, secret);
          const text = `${before}${pairs(list)}${after}`;
          const found = readConnectionString(text);
          if ("problem" in found) throw new Error(`${text}: ${found.problem}`);
          expect(found.addresses).to.deep.equal(list.map(([one, number]) => ({ host: one, port: number })));
          const links = list.map(() => "127.0.0.1:40001").join(",");
          expect(withAddress(text, found, LINK)).to.equal(`${before}${links}${after}`);
        }),
        propertyCases(500),
      );
    });
  }

  it("has as many addresses after the replacement as before, and each of them is the link's, whatever the text was", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const found = readConnectionString(text);
        if ("problem" in found) return;
        const again = readConnectionString(withAddress(text, found, LINK));
        expect("problem" in again ? again.problem : again.addresses).to.deep.equal(
          found.addresses.map(() => LINK),
        );
      }),
      propertyCases(2_000),
    );
  });
});
