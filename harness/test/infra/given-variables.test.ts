import { expect } from "chai";
import { resolve } from "node:path";
import { EXIT } from "../../src/words/exit-codes.ts";
import { refusalOf } from "./refusal-of.ts";
import { meantDeployment } from "../../../scripts/infra/given-variables.ts";
import { readSettings } from "../../../scripts/infra/settings.ts";
import { terraformVariables } from "../../../scripts/infra/terraform-variables.ts";

const ROOT = "/checkout";
const AWS = { TARGET: "aws", REGION: "eu-central-1" };
const PEER = '{ "peer": { "managed": { "image": "a:1" } }, "image_repository": true }';
const FILES: Readonly<Record<string, string>> = {
  "peer.tfvars.json": PEER,
  "region.tfvars.json": '{"region": "eu-west-1", "alarms": {}}',
  "b.tfvars": 'alarms = {\n  actions = []\n}\nname   = "b"\n',
  "torn.json": '{"name": ',
  "list.json": "[]",
};

describe("infrastructure: VARS", () => {
  const readText = (path: string): string => {
    const text = FILES[path];
    if (text === undefined)
      throw Object.assign(new Error("not there"), { code: path === "folder" ? "EISDIR" : "ENOENT" });
    return text;
  };
  const settings = (variables: Readonly<Record<string, string>>) =>
    readSettings({ ...AWS, ...variables }, ROOT, { readText });

  it("can be JSON or a JSON file, with the same effect", () => {
    const [inline, file] = [PEER, "peer.tfvars.json"].map((VARS) =>
      terraformVariables(settings({ VARS }), null),
    );
    expect(file).to.deep.equal(inline);
    expect([inline?.["peer"], inline?.["image_repository"], inline?.["given"]]).to.deep.equal([
      { managed: { image: "a:1" } },
      true,
      ["image_repository", "peer"],
    ]);
  });

  it("can be a file in Terraform's language, from which the scripts read only the values of name and Region", () => {
    const { variablesFile, given, variables } = settings({ PEER: "plc:1", VARS: "b.tfvars" });
    expect([variablesFile, given, variables]).to.deep.equal([
      resolve("b.tfvars"),
      ["alarms", "name"],
      { name: "b" },
    ]);
  });

  it("can set the name and the Region, which override NAME and REGION of the Makefile", () => {
    const meant = ["", "region.tfvars.json", "b.tfvars"].map((VARS) =>
      meantDeployment(settings({ PEER: "plc:1", VARS })),
    );
    expect(meant).to.deep.equal([
      { name: "longrun", region: "eu-central-1" },
      { name: "longrun", region: "eu-west-1" },
      { name: "b", region: "eu-central-1" },
    ]);
  });

  for (const [title, VARS, begins, telling] of [
    ["a file that does not exist", "none.json", "VARS=none.json must", "there is none"],
    ["a folder", "folder", "VARS=folder must", "EISDIR"],
    ["a file that is cut off", "torn.json", "VARS=torn.json must", "must contain JSON: "],
    ["a list", "list.json", "VARS=list.json must", "must contain a JSON object of variables"],
    ["JSON that is cut off", '{"name": ', "VARS must", "must contain JSON: "],
  ] as const) {
    it(`is refused if it is ${title}, and every other mistake is reported with it`, () => {
      const { code, message } = refusalOf(() => settings({ PEER: "plc:1", NAME: "A", VARS }));
      const [first = "", second = ""] = message.split("\n");
      expect([EXIT[code], first.startsWith("NAME must be"), second.startsWith(begins)], second).to.deep.equal(
        [64, true, true],
      );
      expect(second).to.contain(telling);
    });
  }

  it("must be used together with PEER if it does not set the variable `peer`", () => {
    expect(() => settings({ VARS: '{"image_repository":true}' })).to.throw(
      "PEER must be given with TARGET=aws",
    );
  });
});
