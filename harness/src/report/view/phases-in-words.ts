/** Says why the Init phases ran and how processes ended early. */
import type { FunctionResult } from "../../result/function-result.ts";
import { formatLength } from "./format-time.ts";
import { fromTo } from "../text/from-to.ts";
import { count } from "../wording/fixed-words.ts";

type Phases = Pick<FunctionResult, "inits" | "resets" | "exposure">;

export function phasesInWords({ inits, resets, exposure }: Phases): readonly string[] {
  return [initsInWords(inits), resetsInWords(resets, exposure.reinitialised ?? 0)].filter(
    (text) => text !== "",
  );
}

function initsInWords(inits: FunctionResult["inits"]): string {
  if (inits.total === 0) return "";
  const { min, p50, max } = inits.aheadMs;
  const gap =
    min === null || p50 === null || max === null
      ? ""
      : inits.aheadMs.count === 1
        ? ` (${formatLength(max)} before it was needed)`
        : ` (${fromTo(formatLength(min), formatLength(max))} before they were needed, half of them within ${formatLength(p50)})`;
  const parts = [
    inits.waitedFor > 0 ? `${inits.waitedFor} while a caller waited` : "",
    inits.ahead > 0 ? `${inits.ahead} while no caller waited${gap}` : "",
    inits.withoutInvoke > 0 ? `${inits.withoutInvoke} without any invocation (INIT without INVOKE)` : "",
    inits.failed > 0 ? `${inits.failed} failed` : "",
    inits.unknown > 0 ? `${inits.unknown} not known` : "",
  ].filter((part) => part !== "");
  return `${count(inits.total, "Init phase")}: ${parts.join(", ")}.`;
}

function resetsInWords(
  { timeouts, crashes, outOfMemory }: FunctionResult["resets"],
  reinitialised: number,
): string {
  const parts = [
    timeouts > 0 ? `${timeouts} by time-out` : "",
    crashes > 0 ? `${crashes} by crash` : "",
    outOfMemory > 0 ? `${outOfMemory} for lack of memory` : "",
  ].filter((part) => part !== "");
  const ended =
    parts.length === 0
      ? ""
      : `${count(timeouts + crashes + outOfMemory, "process", "processes")} reset: ${parts.join(", ")}.`;
  const again = reinitialised === 0 ? "" : `${count(reinitialised, "Init")} ran again inside an invocation.`;
  return [ended, again].filter((text) => text !== "").join(" ");
}
