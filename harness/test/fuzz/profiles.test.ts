/** Profile files of a soak (`--profile`): YAML that becomes settings, or a list of mistakes with their lines. */
import { readProfile } from "../../src/settings/read-profile.ts";
import { resolveSoak } from "../../src/cli/soak/resolve-soak.ts";
import { SOAK_SETTINGS } from "../../src/settings/soak-settings.ts";
import { fuzz } from "./support/fuzz.ts";
import { textOf } from "./support/fuzz-case.ts";
import { namesProblem } from "./support/names-problem.ts";

fuzz("profiles", {
  samples: [
    "function: [init-connect, b=handler-connect]\nduration: 60s\ninterval: 1s\nplatform: typical\nseed: 7\nadmission: refuse\n",
    'code: app=dist/app.zip\nhandler: index.handler\nruntime: nodejs22.x\nmemory: 256\nenv:\n  A: "1"\n  B: two\nevent:\n  a: [1, 2, {b: null}]\n',
    "peer: 10.0.9.9:7000\nlink: DATABASE_URL\nenv: {DATABASE_URL: 'postgres://u:p@db/app'}\nprotocol: postgres\nyes: true\n",
    "target: aws\nregion: eu-central-1\nfunction: arn:aws:lambda:eu-central-1:123456789012:function:device\nduration: 24h\nthreshold: ['harm.total < 1', 'initDurationMs.p99 < 500']\nexpect: device=pass\n",
    "# only a comment\n",
    "capacity: [a=2, b=unknown]\npeer: [a=db:5432, b=mq:1883]\nlink: [a=DB, b=MQ]\nprotocol: [a=postgres, b=mqtt]\nsuccess: 'statusCode = 200'\nstop-on: harm\n",
    "defaults: &d\n  x: 1\nevent: *d\nseed: !!int '7'\nduration: |\n  60s\n",
  ],
  start: () => ({
    check(input) {
      const text = textOf(input);
      const { values, problems } = readProfile({ name: "soak.yaml", text }, SOAK_SETTINGS);
      const resolved = resolveSoak({}, values, null);
      for (const problem of [...problems, ...resolved.problems])
        namesProblem(`${problem.where}: ${problem.text}`, text);
    },
  }),
});
