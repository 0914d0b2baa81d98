/** The texts in which a function has its peer's address (`--link`): URLs, DSNs, host lists, and the flags that name them. */
import { expect } from "chai";
import {
  configuredAddress,
  variablesFor,
  withPeer,
} from "../../src/catalogue/connection-strings/configured-address.ts";
import {
  readConnectionString,
  withAddress,
} from "../../src/catalogue/connection-strings/read-connection-string.ts";
import { fuzz } from "./support/fuzz.ts";
import { textOf } from "./support/fuzz-case.ts";
import { namesProblem } from "./support/names-problem.ts";

const LINK = { host: "127.0.0.1", port: 40_001 };
const LINK_SIX = { host: "::1", port: 40_001 };

fuzz("connection-strings", {
  samples: [
    "postgres://app:p@ss@db:6543/app?x=1",
    "postgresql://u@a:1,b/app?target_session_attrs=any",
    "postgresql:///app?host=db&port=1&x=1",
    "jdbc:mysql:loadbalance://a:1,b/x",
    "jdbc:sqlserver://db:1434;user=sa;password=p@x:1;",
    "jdbc:oracle:thin:@//db:1521/x",
    "amqp://a:1,amqp://u:p@b",
    "redis://:p@[fd00::1]:6380/0",
    "mqtts://broker",
    "mongodb+srv://u:p@cluster.example/db",
    "host=a,b port=1,2 password='it\\'s; host=x'",
    "hostaddr=10.0.0.1 host=db",
    "Server=tcp:db,1433;Database=app;User Id=a;Password={p;}}w};Encrypt=true",
    "Data Source=(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db)(PORT=1521)))",
    "user:p@ss:w@tcp(db:3306)/app?parseTime=true",
    "user:pass@tcp([de:ad::1]:3306)/app",
    "a:1,b:2,[::1]:3",
    "tcp://plc:502",
  ],
  start: () => ({
    check(input) {
      const text = textOf(input);
      const found = readConnectionString(text);
      const variables = { DB: text };
      const place = { variable: "DB" };
      const configured = configuredAddress(place, variables);
      if (configured !== null && "problem" in configured) namesProblem(configured.problem, text);
      variablesFor(place, variables, LINK);
      withPeer(place, variables, LINK_SIX);
      configuredAddress({ hostVariable: "DB", portVariable: "DB" }, variables);
      if ("problem" in found) return;
      // The function connects to the first address, so the link's address must be the first after the replacement.
      const again = readConnectionString(withAddress(text, found, LINK));
      expect("problem" in again ? again.problem : again.addresses[0]).to.deep.equal(LINK);
    },
  }),
});
