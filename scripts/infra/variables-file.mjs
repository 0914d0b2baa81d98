/**
 * The file of VARS, before anything is started for it: that it can be read, and which name and Region it says, which win over
 * the Makefile's. What else is in it is Terraform's to judge.
 */
import { readFileSync } from "node:fs";
import { Problem } from "./problem.mjs";

/** @returns {{ name: string | null, region: string | null }} */
export function readVariablesFile(file) {
  const text = read(file);
  return file.endsWith(".json")
    ? fromJson(file, text)
    : { name: assigned(text, "name"), region: assigned(text, "region") };
}

/** The deployment that is meant: what VARS says of name and Region, else the Makefile's variables. */
export function meantDeployment({ name, region, variablesFile }) {
  const said = variablesFile === null ? { name: null, region: null } : readVariablesFile(variablesFile);
  return { name: said.name ?? name, region: said.region ?? region };
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Problem(
      `VARS=${file} must be a file with variables that can be read: ${error.code === "ENOENT" ? "there is none" : error.code}.`,
      { code: 64, hint: "infra/README.md lists the variables; a file in JSON is named *.tfvars.json." },
    );
  }
}

function fromJson(file, text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Problem(`VARS=${file} must hold JSON, as its name says: ${error.message}.`, { code: 64 });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Problem(`VARS=${file} must hold a JSON object of variables, such as {"alarms": {}}.`, {
      code: 64,
    });
  const textOf = (member) => (typeof value[member] === "string" ? value[member] : null);
  return { name: textOf("name"), region: textOf("region") };
}

/** `region = "eu-west-1"` at the beginning of a line of HCL. */
function assigned(text, name) {
  return new RegExp(`^${name}\\s*=\\s*"([^"]*)"`, "m").exec(text)?.[1] ?? null;
}
