import { resolve } from "node:path";
import { lookAtBudget, type BudgetLook } from "../../adapters/aws/budget-look.ts";
import { serviceConnection } from "../../adapters/aws/service-connection.ts";
import { addUp, type Budget, type BudgetedServer } from "../../budget/add-up.ts";
import { budgetText } from "../../budget/budget-text.ts";
import { writeAddress, type NetworkAddress } from "../../catalogue/connection-strings/connection-string.ts";
import * as values from "../../settings/budget-values.ts";
import type { Problem } from "../../settings/problem.ts";
import { repeated, setting } from "../../settings/setting.ts";
import type { OwnSettingValues } from "../../settings/setting-table.ts";
import { ENDPOINT, JSON_OUTPUT, REGION } from "../../settings/shared-settings.ts";
import { text } from "../../settings/value-kinds.ts";
import { linkText } from "../../settings/value-parsers.ts";
import { EXIT, type ExitCode } from "../../words/exit-codes.ts";
import type { ConnectionsEach } from "../../budget/budgeted-function.ts";
import { measuredConnections } from "../../budget/measured-connections.ts";
import { judgeRun } from "../../judge/judge-run.ts";
import { command } from "../command.ts";
import { usageError } from "../usage-error.ts";

const SETTINGS = {
  servers: repeated("server", {
    mayBeSecret: true,
    takes: "NAME=HOST:PORT,limit=N",
    help: "A server, and how many connections it has for these functions.",
    value: { parse: values.budgetedServer },
  }),
  variable: setting("variable", {
    takes: "VARIABLE",
    help: "Every function that has the server's address in this variable (a URL, a DSN or HOST:PORT), or in two: HOSTVAR:PORTVAR.",
    value: { parse: values.addressVariables },
  }),
  tags: repeated("tag", {
    takes: "KEY=VALUE",
    help: "Every function with this tag.",
    value: { parse: values.tag },
  }),
  functions: repeated("function", {
    takes: "NAME",
    help: "This function.",
    value: { parse: values.functionName },
  }),
  connections: repeated("connections", {
    takes: "FUNCTION=N[,closed]",
    help: "How many connections one environment has open at a time. With closed, each is opened inside an invocation and closed before it returns; without, they may be kept.",
    value: { parse: values.connectionsOf },
  }),
  runs: repeated("run", {
    takes: "RUN",
    help: "A run directory that shows this number, and whether connections are kept, for the functions whose names or labels it has.",
    value: text("a run directory"),
  }),
  region: REGION,
  endpoint: { ...ENDPOINT, help: "The endpoint to use instead of AWS's (longrun serve)." },
  json: { ...JSON_OUTPUT, help: "Print JSON instead of the table." },
} as const;

type BudgetSettings = OwnSettingValues<typeof SETTINGS>;

export const budget = command({
  name: "budget",
  description:
    "Adds up the connections that can exist from the functions that share a server: environments that can exist × connections in each. Says whether the server is guaranteed to have room for them, why not, and what would make it so. What is unknown stays unknown. Reads the account and changes nothing (docs/budget.md).\n\n" +
    "Exit code 0: guaranteed. 1: not guaranteed, because there is no documented bound or the sum is above the limit. 2: not guaranteed, because something is unknown or only inferred.",
  positional: null,
  settings: SETTINGS,
  examples: [
    {
      command:
        "longrun budget --server postgres=db.internal:5432,limit=109 \\\n    --variable DATABASE_URL --connections orders=3 --connections bills=1",
      does: "every function whose DATABASE_URL names this server",
    },
    {
      command:
        "longrun budget --server gateway=10.0.9.9:7000,limit=1 --function orders \\\n    --run runs/orders",
      does: "one function, with the connections that a run measured",
    },
    {
      command:
        "longrun budget --server db=db.internal:5432,limit=50 --tag team=shop --json |\n    jq '.servers[0].reasons'",
      does: "for a script",
    },
  ],
  run: async (machine, { settings }): Promise<ExitCode> => {
    const { region, servers, variable: place, tags, functions, json } = settings;
    const problems = problemsOf(settings);
    if (problems.length > 0 || region === null) throw usageError("budget", problems);
    const each = connectionsEach(settings, machine.workingFolder);
    const look = await lookAtBudget(serviceConnection({ region, endpoint: settings.endpoint }), {
      names: new Set(functions),
      tags,
      place,
      isServer: (address) => servers.some((server) => isSame(server, address)),
    });
    const unknown = unknownFunctions(settings, look);
    if (unknown.length > 0) throw usageError("budget", unknown);
    const budgets = servers.map((server) =>
      addUp(
        server,
        look.functions
          .filter(({ address }) => address === null || isSame(server, address))
          .map(({ one }) => ({ one, each: each.get(one.functionName) ?? null })),
        look.unreserved,
      ),
    );
    const columns = Math.min(100, machine.stdout.columns);
    machine.stdout.write(
      json
        ? `${JSON.stringify({ schemaVersion: 1, region, servers: budgets }, null, 2)}\n`
        : budgets.map((one) => budgetText(one, columns)).join("\n"),
    );
    return exitCodeOf(budgets);
  },
});

/** A number that the user gave stands above one that a run shows. */
function connectionsEach(
  { connections, runs }: BudgetSettings,
  workingFolder: string,
): ReadonlyMap<string, ConnectionsEach> {
  const found = new Map<string, ConnectionsEach>();
  for (const run of runs)
    for (const one of judgeRun(resolve(workingFolder, run)).functions) {
      const measured = measuredConnections(one, run);
      const name = /:function:([^:]+)/.exec(one.functionArn ?? "")?.[1] ?? one.name;
      if (measured !== null) found.set(name, measured);
    }
  for (const { functionName, ...given } of connections) found.set(functionName, { ...given, run: null });
  return found;
}

function problemsOf({ region, servers, variable, tags, functions }: BudgetSettings): readonly Problem[] {
  const problems: Problem[] = [];
  if (region === null) problems.push({ where: "--region", text: "expected --region or AWS_REGION" });
  if (servers.length === 0)
    problems.push({ where: "--server", text: "expected --server NAME=HOST:PORT,limit=N" });
  if (variable === null && tags.length === 0 && functions.length === 0)
    problems.push({ where: "--variable", text: "expected --variable, --tag or --function" });
  if (servers.length > 1 && (tags.length > 0 || functions.length > 0))
    problems.push({
      where: "--server",
      text: "expected one --server with --tag or --function: they do not say which server a function uses; --variable does",
    });
  return problems;
}

/** A name that is wrong must not leave a function out. */
function unknownFunctions(
  { functions, servers, connections, variable, region }: BudgetSettings,
  look: BudgetLook,
): readonly Problem[] {
  const found = new Set(look.functions.map(({ one }) => one.functionName));
  const absent = functions
    .filter((name) => !found.has(name))
    .map((name) => ({ where: `--function ${name}`, text: `there is no such function in ${region ?? ""}` }));
  const unused = connections
    .filter(({ functionName }) => !found.has(functionName) && !functions.includes(functionName))
    .map(({ functionName }) => ({
      where: `--connections ${functionName}`,
      text: "this function is not one of the chosen functions",
    }));
  const how = variable === null ? "" : ` in ${linkText(variable)}`;
  const without =
    absent.length > 0
      ? []
      : servers
          .filter((server) =>
            look.functions.every(({ address }) => address !== null && !isSame(server, address)),
          )
          .map((server) => ({
            where: `--server ${server.name}`,
            text: `no chosen function has ${writeAddress(server)}${how}`,
          }));
  return [...absent, ...unused, ...without];
}

function isSame(server: BudgetedServer, { host, port }: NetworkAddress): boolean {
  return server.port === port && server.host.toLowerCase() === host.toLowerCase();
}

function exitCodeOf(budgets: readonly Budget[]): ExitCode {
  const codes = budgets.flatMap(({ reasons }) => reasons.map(({ code }) => code));
  if (codes.some((code) => code === "no-bound" || code === "above-limit")) return EXIT.fail;
  return codes.length === 0 ? EXIT.pass : EXIT.inconclusive;
}
