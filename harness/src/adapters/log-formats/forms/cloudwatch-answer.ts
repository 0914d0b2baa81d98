/**
 * The answer of a CloudWatch operation (`events`, or the `results` of a query), and what a subscription delivers (`logEvents` of one log stream;
 * CONTROL_MESSAGE is its test of the way and holds no event).
 */
import type { ObjectForm } from "./form.ts";

const LISTS = ["events", "logEvents", "results"];

export const cloudwatchAnswer: ObjectForm = {
  read({ value, envelope }, found) {
    if ((envelope ?? value)["messageType"] === "CONTROL_MESSAGE") return true;
    const list = LISTS.map((name) => value[name]).find((one) => Array.isArray(one)) as
      readonly unknown[] | undefined;
    for (const element of list ?? []) found.value(element, value);
    return list !== undefined;
  },
};
