/** The answer of a CloudWatch operation, or a message of a subscription. A CONTROL_MESSAGE is a test without events. */
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
