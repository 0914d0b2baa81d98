/**
 * Compares lambda-members.ts and logs-members.ts with the API model: each member of a request is refused by the engine or has a decision
 * (member-decision.ts), never both.
 */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../../../src/adapters/node/assets.ts";
import { absentMember, ABSENT_MEMBERS } from "../../../../src/engine/api-model/absent-members.ts";
import {
  type Service,
  type ModelShape,
  inputOf,
  servedOperations,
  shapeOf,
} from "../../../../src/engine/api-model/request-model.ts";
import { operationRows } from "../../../conformance/operations/operation-rows.ts";
import { LAMBDA_MEMBERS } from "./lambda-members.ts";
import { LOGS_MEMBERS } from "./logs-members.ts";

const DECIDED = { lambda: LAMBDA_MEMBERS.decided, logs: LOGS_MEMBERS.decided };

const SERVICES: readonly Service[] = ["lambda", "logs"];

/** Returns the paths of all members that are not structures, including the members of structures in a list. */
function pathsIn(service: Service, shape: ModelShape, prefix = ""): readonly string[] {
  return Object.entries(shape.members ?? {}).flatMap(([name, member]) => {
    const inner = shapeOf(service, member);
    const item = inner.member === undefined ? inner : shapeOf(service, inner.member);
    return item.type === "structure" ? pathsIn(service, item, `${prefix}${name}.`) : [prefix + name];
  });
}

function pathsOf(service: Service): readonly string[] {
  const paths = servedOperations(service).flatMap((operation) => {
    const input = inputOf(service, operation);
    return input === null ? [] : pathsIn(service, input);
  });
  return [...new Set(paths)].toSorted();
}

function isRefused(service: Service, path: string): boolean {
  return ABSENT_MEMBERS[service].some((absent) => path === absent || path.startsWith(`${absent}.`));
}

describe("members of requests", () => {
  for (const service of SERVICES) {
    it(`of ${service} have a decision if, and only if, they are accepted`, () => {
      const decided = Object.keys(DECIDED[service]);
      const accepted = pathsOf(service).filter((path) => !isRefused(service, path));
      expect(accepted).to.deep.equal(decided.toSorted());
    });

    it(`of ${service} that are refused exist in the model`, () => {
      const unknown = ABSENT_MEMBERS[service].filter(
        (absent) => !pathsOf(service).some((path) => path === absent || path.startsWith(`${absent}.`)),
      );
      expect(unknown).to.deep.equal([]);
    });

    it(`of ${service} are in the model for exactly the operations that docs/fidelity.md calls served`, () => {
      const served = operationRows(service)
        .filter(({ treatment }) => treatment === "served")
        .map(({ operation }) => operation);
      expect(servedOperations(service)).to.deep.equal(served);
    });
  }

  it("that are refused are the ones that docs/fidelity.md lists", () => {
    const page = readFileSync(join(packageRoot(), "docs", "fidelity.md"), "utf8");
    const [, list = ""] = /<!-- refused members -->\n([^]*?)\n\n/.exec(page) ?? [];
    const named = [...list.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
    expect(named).to.deep.equal([...ABSENT_MEMBERS.lambda, ...ABSENT_MEMBERS.logs]);
  });

  it("are refused only if their value requests the feature", () => {
    expect(absentMember("lambda", { DurableConfig: {} })).to.equal("DurableConfig");
    expect(absentMember("lambda", { DurableConfig: null })).to.equal(null);
    expect(absentMember("lambda", { RuntimeConfig: {} })).to.equal(null);
    expect(absentMember("lambda", { FileSystemConfigs: [] })).to.equal(null);
    expect(absentMember("lambda", { FileSystemConfigs: [{}] })).to.equal("FileSystemConfigs");
    expect(absentMember("lambda", { Code: { SourceKMSKeyArn: "" } })).to.equal(null);
    expect(absentMember("lambda", { Code: { SourceKMSKeyArn: "arn:x" } })).to.equal("Code.SourceKMSKeyArn");
    expect(absentMember("logs", { deletionProtectionEnabled: false })).to.equal(null);
    expect(absentMember("logs", { deletionProtectionEnabled: true })).to.equal("deletionProtectionEnabled");
  });
});
