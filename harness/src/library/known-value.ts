import { wrongInput } from "../base/errors.ts";
import { didYouMean } from "../settings/closest-name.ts";

/** Throws a LongrunError "usage" if the value is not one of `choices`. Tests in JavaScript have no types that would find a typing error. */
export function checkKnown(name: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw wrongInput(`${name} ${value}: expected one of ${choices.join(", ")}${didYouMean(value, choices)}`);
}
