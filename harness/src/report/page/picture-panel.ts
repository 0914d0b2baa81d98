/**
 * The picture of one function: the drawing is on canvases, names and buttons are HTML elements. A lane is the row of one environment.
 * Several calls of `redraw` before the browser's next animation frame draw the picture once.
 */
import { describeMark, type Description, type DescribeContext } from "../picture/describe-mark.ts";
import type { Lane, Mark, Picture } from "../picture/marks.ts";
import { coloursOf } from "./colours.ts";
import { drawOverview } from "./draw/overview.ts";
import { frameOf, type Frame } from "./draw/frame.ts";
import { element } from "./element.ts";
import { installGestures } from "./gestures.ts";
import { isVisible } from "./hit.ts";
import { showLaneLabels } from "./lane-labels.ts";
import { FOOT, HEAD, layoutOf, OVERVIEW_HEIGHT, RIGHT, type Layout } from "./layout.ts";
import {
  drawFoot,
  drawHead,
  drawRows,
  NOTHING_CHOSEN,
  sceneOf,
  type Choice,
  type PictureScene,
} from "./scene.ts";
import type { ShownRange, TimeView } from "./time-view.ts";

/** If there are more lanes than this, only environments that are alive in the visible time have a row. */
const MANY_LANES = 40;

export interface LaneFilter {
  readonly lanes: ReadonlySet<number>;
  /** Whether these lanes have a row even if their environments are not alive in the visible time. */
  readonly always: boolean;
}

export interface PanelParts {
  readonly stage: HTMLElement;
  readonly head: HTMLCanvasElement;
  readonly viewport: HTMLElement;
  readonly rows: HTMLCanvasElement;
  readonly foot: HTMLCanvasElement;
  readonly overview: HTMLCanvasElement;
  readonly live: HTMLElement;
}

export class PicturePanel {
  readonly picture: Picture;
  readonly scene: PictureScene;
  readonly context: DescribeContext;
  readonly time: TimeView;
  readonly parts: PanelParts;
  /** The name of the function and, on a comparison, "before" or "after". */
  readonly name: string;
  readonly section: HTMLElement;
  readonly #size = element("div", { class: "lanes-size" });
  readonly #labels = element("div", { class: "lane-labels" });
  readonly #syncGestures: () => void;
  #choice: Choice = NOTHING_CHOSEN;
  #filter: LaneFilter | null = null;
  readonly #choiceListeners: (() => void)[] = [];
  readonly #filterListeners: (() => void)[] = [];
  readonly #drawnListeners: (() => void)[] = [];
  #layout: Layout;
  #lanes: readonly Lane[];
  #pending = false;

  constructor(options: {
    readonly figure: HTMLElement;
    readonly section: HTMLElement;
    readonly name: string;
    readonly picture: Picture;
    readonly context: DescribeContext;
    readonly time: TimeView;
  }) {
    this.name = options.name;
    this.section = options.section;
    this.picture = options.picture;
    this.context = options.context;
    this.time = options.time;
    this.scene = sceneOf(this.picture, this.context.start);
    this.#lanes = this.picture.lanes;
    this.#layout = layoutOf(800, this.#lanes.length);
    this.parts = stageParts(options.name);
    const { stage, viewport, rows, head, foot, overview, live } = this.parts;
    this.#size.append(rows, this.#labels);
    viewport.append(this.#size);
    stage.append(head, viewport, foot, overview);
    options.figure.append(stage, live);
    this.#syncGestures = installGestures({
      stage,
      time: this.time,
      plot: () => this.plot,
      except: ".lane-labels, .overview",
    });
    viewport.addEventListener("scroll", () => this.#drawRows(), { passive: true });
    this.time.onChange(() => this.redraw());
    new ResizeObserver(() => this.redraw()).observe(stage);
  }

  get plot(): readonly [number, number] {
    return [this.#layout.gutter, this.#layout.width - RIGHT];
  }

  get choice(): Choice {
    return this.#choice;
  }

  /** Lanes that have a row at the moment. */
  get lanes(): readonly Lane[] {
    return this.#lanes;
  }

  get rowHeight(): number {
    return this.#layout.rowHeight;
  }

  choose(choice: Choice): void {
    this.#setChoice(choice);
    this.redraw();
  }

  onChoice(listener: () => void): void {
    this.#choiceListeners.push(listener);
  }

  onDrawn(listener: () => void): void {
    this.#drawnListeners.push(listener);
  }

  /** Null removes the filter. */
  filterLanes(filter: LaneFilter | null): void {
    this.#filter = filter;
    this.parts.viewport.scrollTop = 0;
    this.redraw();
  }

  /** `listener` is called when the picture removed the filter to show a hidden lane. */
  onFilterReset(listener: () => void): void {
    this.#filterListeners.push(listener);
  }

  /** Shows a lane, even if the filter hides it, at the time when its environment was alive. */
  goTo(lane: Lane): void {
    if (this.#filter !== null && !this.#filter.lanes.has(lane.index)) {
      this.#filter = null;
      for (const listener of this.#filterListeners) listener();
    }
    this.focusOn(lane, { lanes: new Set([lane.index]), window: null });
  }

  #setChoice(choice: Choice): void {
    this.#choice = choice;
    for (const listener of this.#choiceListeners) listener();
  }

  /** Zooms to a time range, and dims all lanes except the chosen ones. */
  focusOn(range: ShownRange, choice: Choice): void {
    this.#setChoice(choice);
    const room = Math.max(50, (range.to - range.from) * 0.2);
    this.time.glideTo({ from: range.from - room, to: range.to + room });
    this.redraw();
    const [first] = choice.lanes ?? [];
    if (first !== undefined) requestAnimationFrame(() => this.reveal(first));
  }

  describe(mark: Mark): Description {
    return describeMark(mark, this.context);
  }

  /** For screen readers: the mark that was last selected by keyboard. */
  announce({ title, facts }: Description): void {
    this.parts.live.textContent = [title, ...facts.map(({ label, value }) => `${label}: ${value}`)].join(
      ". ",
    );
  }

  redraw(): void {
    if (this.#pending) return;
    this.#pending = true;
    requestAnimationFrame(() => {
      this.#pending = false;
      this.#draw();
    });
  }

  #draw(): void {
    const { stage, head, viewport, foot, overview } = this.parts;
    const width = stage.clientWidth;
    if (width < 100) return;
    const { visible, whole } = this.time;
    this.#lanes = this.#shownLanes(visible);
    this.#layout = layoutOf(width, this.#lanes.length);
    const { rowHeight, lanesHeight, narrow, compact } = this.#layout;
    stage.classList.toggle("narrow", narrow);
    stage.classList.toggle("compact", compact);
    viewport.style.height = `${Math.min(lanesHeight, Math.max(1, this.#lanes.length) * rowHeight)}px`;
    this.#size.style.height = `${this.#lanes.length * rowHeight}px`;
    drawHead(this.#frame(head, HEAD.height, visible), this.scene, this.#choice);
    this.#drawRows();
    drawFoot(this.#frame(foot, FOOT.height, visible), this.scene);
    drawOverview(this.#frame(overview, OVERVIEW_HEIGHT, whole), {
      picture: this.picture,
      shown: visible,
      whole,
    });
    this.#syncGestures();
    for (const listener of this.#drawnListeners) listener();
  }

  #shownLanes(visible: ShownRange): readonly Lane[] {
    const { lanes } = this.picture;
    const filter = this.#filter;
    const wanted = filter === null ? lanes : lanes.filter(({ index }) => filter.lanes.has(index));
    return lanes.length > MANY_LANES && filter?.always !== true
      ? wanted.filter((lane) => isVisible(lane, visible))
      : wanted;
  }

  /** Draws only the rows, which is enough when the user scrolls. */
  #drawRows(): void {
    const { viewport, rows } = this.parts;
    const { rowHeight, gutter } = this.#layout;
    const height = viewport.clientHeight;
    const top = -viewport.scrollTop;
    drawRows(this.#frame(rows, height, this.time.visible), this.scene, {
      lanes: this.#lanes,
      top,
      height,
      rowHeight,
      choice: this.#choice,
    });
    showLaneLabels(this.#labels, {
      lanes: this.#lanes,
      first: Math.max(0, Math.floor(-top / rowHeight)),
      last: Math.floor((height - top) / rowHeight),
      rowHeight,
      gutter,
      choice: this.#choice,
      onChoose: (lane) => this.toggleLane(lane),
    });
  }

  #frame(canvas: HTMLCanvasElement, height: number, visible: ShownRange): Frame {
    const [left, right] = this.plot;
    return frameOf(canvas, {
      colours: coloursOf(this.parts.stage),
      width: this.#layout.width,
      height,
      left,
      right,
      visible,
    });
  }

  toggleLane(lane: Lane): void {
    const only = this.#choice.lanes?.size === 1 && this.#choice.lanes.has(lane.index);
    this.choose(only ? NOTHING_CHOSEN : { lanes: new Set([lane.index]), window: null });
  }

  reveal(lane: number): void {
    const row = this.#lanes.findIndex(({ index }) => index === lane);
    const { viewport } = this.parts;
    const top = row * this.rowHeight;
    if (
      row >= 0 &&
      (top < viewport.scrollTop || top + this.rowHeight > viewport.scrollTop + viewport.clientHeight)
    ) {
      viewport.scrollTop = top - this.rowHeight;
    }
  }
}

function stageParts(name: string): PanelParts {
  const canvas = (part: string): HTMLCanvasElement =>
    element("canvas", { class: part, attributes: { "aria-hidden": "true" } });
  return {
    stage: element("div", {
      class: "stage",
      attributes: {
        tabindex: "0",
        role: "application",
        "aria-roledescription": "timeline",
        "aria-label": `Timeline of ${name}. Plus and minus zoom, left and right move in time, up and down choose an environment, Shift with left and right step through it, H goes to the next harm window.`,
      },
    }),
    head: canvas("head"),
    viewport: element("div", { class: "lanes" }),
    rows: canvas("rows"),
    foot: canvas("foot"),
    overview: canvas("overview"),
    live: element("p", { class: "visually-hidden", attributes: { "aria-live": "polite" } }),
  };
}
