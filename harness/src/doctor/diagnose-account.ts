import { clear, problem, unknown, type DoctorFinding } from "./doctor-finding.ts";
import type { AccountFacts, Seen } from "./account-facts.ts";
import { diagnoseFunction } from "./diagnose-function.ts";
import { cannotLook } from "./cannot-look.ts";
import { quotaRequest, UNRESERVED_LEAST, UNRESERVED_USUAL } from "../words/quota-request.ts";

export function diagnoseAccount(facts: AccountFacts): readonly DoctorFinding[] {
  const who = credentials(facts);
  // Without valid credentials, AWS refuses every other question with the same answer.
  if (who.status !== "clear") return [who, region(facts)];
  return [who, region(facts), quota(facts), ...facts.functions.flatMap(diagnoseFunction)];
}

function credentials({ credentials: seen }: AccountFacts): DoctorFinding {
  const about = { check: "credentials" };
  if (!seen.seen)
    return unknown(
      about,
      `There are no credentials that AWS accepts: ${seen.text}`,
      "aws sso login, keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.",
    );
  const { accessKeyId, expiration } = seen.value;
  const until = expiration === null ? "" : `, until ${expiration}`;
  return clear(about, `Signed in with the key …${accessKeyId.slice(-4)}${until}.`);
}

function region({ region: name }: AccountFacts): DoctorFinding {
  return clear({ check: "region" }, `The Region is ${name}.`);
}

function quota({ region: inRegion, limits, functions }: AccountFacts): DoctorFinding {
  const about = { check: "concurrency-quota" };
  if (!limits.seen) return cannotLook(about, limits, "whether the account has room for reserved concurrency");
  const { concurrent, unreserved } = limits.value;
  const wanting =
    functions.length === 0
      ? 1
      : functions.filter(({ reservedConcurrency }) => isWithout(reservedConcurrency)).length;
  const room = `${unreserved} of ${concurrent} concurrent executions are unreserved`;
  if (wanting === 0) return clear(about, `${room}. Each function has its reservation already.`);
  const needed = UNRESERVED_USUAL + wanting;
  if (unreserved >= needed) return clear(about, `${room}; ${needed} are needed.`);
  const remedy = quotaRequest({ region: inRegion, concurrent, unreserved, reserving: wanting });
  const wish = `${wanting} ${wanting === 1 ? "function needs" : "functions need"} a reservation`;
  if (unreserved >= UNRESERVED_LEAST + wanting)
    return unknown(
      about,
      `${room}, and ${wish}. AWS decides how many must stay unreserved: usually ${UNRESERVED_USUAL}, in small accounts fewer. Only the first reservation shows the number.`,
      remedy,
    );
  return problem(
    about,
    `${room}, and ${wish}: AWS keeps at least ${UNRESERVED_LEAST} unreserved, usually ${UNRESERVED_USUAL}.`,
    remedy,
  );
}

function isWithout(reserved: Seen<number | null>): boolean {
  return !reserved.seen || reserved.value === null;
}
