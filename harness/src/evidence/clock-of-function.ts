/** What the times of a function's logs can tell (source-clock.ts). */
import { durationMs } from "../base/time.ts";
import { wrongInput } from "../base/errors.ts";
import type { GatheredFunction } from "./gathered-evidence.ts";
import type { SourceClock } from "./source-clock.ts";
import type { CollectedStream } from "./stream-collector.ts";

/** Throws if the lines of a stream cannot be ordered by their times. */
export function clockOfFunction(
  name: string,
  streams: readonly CollectedStream[],
  all: ReadonlyMap<string, SourceClock>,
): Pick<GatheredFunction, "logClock"> {
  const sources = new Set(streams.flatMap((stream) => stream.sources));
  const clocks = [...sources].flatMap((source) => {
    const clock = all.get(source);
    return clock === undefined ? [] : [{ source, clock }];
  });
  const resolutionMs = Math.max(1, ...clocks.map(({ clock }) => clock.resolutionMs));
  const zones = new Set(clocks.map(({ clock }) => clock.zoneMs));
  if (resolutionMs > 1) {
    const reversed = clocks.find(({ clock }) => clock.newestFirst && clock.resolutionMs > 1);
    if (reversed !== undefined)
      throw wrongInput(
        `${reversed.source}: expected times with milliseconds, or the oldest lines first, found times of whole ${resolutionMs === 1_000 ? "seconds" : "minutes"} and the newest lines first.`,
        { hint: "Without milliseconds only the order of the lines shows what happened first." },
      );
  }
  const mixed = streams.find(
    (stream) => new Set(stream.sources.map((source) => all.get(source)?.resolutionMs)).size > 1,
  );
  if (zones.size > 1 || mixed !== undefined)
    throw wrongInput(
      `${clocks[0]?.source ?? name}: expected files of ${name} whose times are written in one way, found times ${zones.size > 1 ? "of several time zones" : "of one log stream with and without milliseconds"}.`,
      { hint: "Give each log stream in one form, with milliseconds and with the zone of its times." },
    );
  const [zoneMs = 0] = zones;
  return resolutionMs === 1 && zoneMs === 0
    ? {}
    : { logClock: { resolutionMs: durationMs(resolutionMs), zoneMs: durationMs(zoneMs) } };
}
