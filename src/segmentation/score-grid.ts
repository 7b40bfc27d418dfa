import { assertArgument, assertFinite, assertOneOf, shown } from "../core/assert.js";

/** One scored dimension of a grid: its cuts, and a label for each part between them. */
export interface GridAxis<Name extends string = string, Label extends string = string> {
  /** What is scored; each axis its own. */
  readonly name: Name;
  /** Ascending, in the unit of the score; each above the one before. */
  readonly cuts: readonly number[];
  /** From the lowest part to the highest: one more than there are cuts, each once. */
  readonly labels: readonly Label[];
}

/** Labels of each axis by its name. */
export type LabelsByAxis<Axes extends readonly GridAxis[]> = {
  readonly [Axis in Axes[number] as Axis["name"]]?:
    | Axis["labels"][number]
    | readonly Axis["labels"][number][];
};

/** A block of places on a grid, and its name. */
export interface GridCell<
  Axes extends readonly GridAxis[] = readonly GridAxis[],
  Name extends string = string,
> {
  /** What the cell is called; several blocks with one name make one cell. */
  readonly name: Name;
  /** Label or labels by axis; an axis that is left out has all of them. */
  readonly at: LabelsByAxis<Axes>;
}

/** What a grid is made of. */
export interface ScoreGridDefinition<
  Axes extends readonly GridAxis[] = readonly GridAxis[],
  Name extends string = string,
> {
  /** One axis or more. */
  readonly axes: Axes;
  /** Blocks that name each combination of labels exactly once. */
  readonly cells: readonly GridCell<Axes, Name>[];
  /**
   * Where a score stands that equals a cut: `"above"` it (default) or `"below"`. Cuts of a grid are chosen by people, who say
   * "from 50 on"; those of {@link rfm} are found as quantiles, whose bins end with the value, and default to `"below"`.
   */
  readonly atCut?: "above" | "below";
  /** Where the definition comes from; default `null`. */
  readonly source?: string | null;
}

/** A grid whose cells are known to name each combination of labels once. Plain data: it can be stored. */
export interface ScoreGrid<AxisName extends string = string, CellName extends string = string> {
  /** The axes, in order. */
  readonly axes: readonly GridAxis<AxisName>[];
  /** The names, in order of first appearance. */
  readonly cells: readonly CellName[];
  /** For each combination of labels, the last axis running first, the place of its name in `cells`. */
  readonly cellOfPlace: readonly number[];
  /** Where a score stands that equals a cut. */
  readonly atCut: "above" | "below";
  /** Where the definition comes from; `null` when it does not say. */
  readonly source: string | null;
}

/** More combinations than anybody can name. */
const MOST_PLACES = 100_000;

/**
 * Which part of a portfolio is a customer in, by two, three or more scores?
 *
 * The grid is checked when it is made: each combination of labels must lie in exactly one cell. Wrong names of axes and
 * labels are compile errors.
 *
 * @param definition - Axes with cuts and labels, and named cells.
 * @returns The grid; put customers on it with {@link placeOnGrid}.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when cuts do not ascend, a label is unknown, or a combination has no cell
 * or two; the message names it.
 * @example
 * ```ts
 * import { scoreGrid } from "clientele";
 *
 * const grid = scoreGrid({
 *   axes: [
 *     { name: "value", cuts: [500], labels: ["low", "high"] },
 *     { name: "risk", cuts: [0.2, 0.5], labels: ["low", "middle", "high"] },
 *   ],
 *   cells: [
 *     { name: "keep", at: { value: "high", risk: ["low", "middle"] } },
 *     { name: "rescue", at: { value: "high", risk: "high" } },
 *     { name: "watch", at: { value: "low" } },
 *   ],
 * });
 * grid.cells; // => ["keep", "rescue", "watch"]
 * scoreGrid({ axes: grid.axes, cells: [{ name: "keep", at: { value: "high" } }] }); // throws INVALID_ARGUMENT
 * ```
 */
export function scoreGrid<const Axes extends readonly GridAxis[], const Name extends string>(
  definition: ScoreGridDefinition<Axes, Name>,
): ScoreGrid<Axes[number]["name"], Name> {
  assertArgument(
    typeof definition === "object" && definition !== null,
    "definition",
    () => `definition is ${shown(definition)}: pass { axes, cells }`,
  );
  const { axes, cells, atCut = "above", source = null } = definition;
  assertOneOf(atCut, "definition.atCut", ["above", "below"]);
  assertAxes(axes);
  assertArgument(
    Array.isArray(cells) && cells.length > 0,
    "definition.cells",
    () => `definition.cells is ${shown(cells)}: pass { name, at: { axis: label } }`,
  );
  const names: Name[] = [];
  const cellOfPlace: number[] = new Array(places(axes)).fill(-1);
  for (const [i, cell] of cells.entries()) {
    const path = `definition.cells[${i}]`;
    assertArgument(
      typeof cell?.name === "string" && cell.name !== "",
      `${path}.name`,
      () => `${path}.name is ${shown(cell?.name)}: pass the name of the cell`,
    );
    if (!names.includes(cell.name)) names.push(cell.name);
    const own = axes.map((axis) => labelPlaces(axis, cell.at, path));
    assertKnownAxes(axes, cell.at, path);
    cellOfPlace.forEach((taken, place) => {
      if (!isIn(place, own, axes)) return;
      assertArgument(
        taken === -1,
        path,
        () =>
          `${path} (${shown(cell.name)}) has ${placeName(axes, place)}, which ${shown(names[taken])} has already: pass cells that do not overlap`,
      );
      cellOfPlace[place] = names.indexOf(cell.name);
    });
  }
  const gap = cellOfPlace.indexOf(-1);
  assertArgument(
    gap === -1,
    "definition.cells",
    () => `definition.cells leave ${placeName(axes, gap)} without a name: pass cells that cover everything`,
  );
  return {
    // A copy: the grid has been checked, and stays as it was.
    axes: axes.map(({ name, cuts, labels }: GridAxis<Axes[number]["name"]>) => ({
      name,
      cuts: cuts.map((cut) => cut + 0),
      labels: [...labels],
    })),
    cells: names,
    cellOfPlace,
    atCut,
    source,
  };
}

/** Labels of a place by axis. @internal */
export function labelsAt<AxisName extends string>(
  axes: readonly GridAxis<AxisName>[],
  place: number,
): { [Axis in AxisName]: string } {
  const labels: { [axis: string]: string } = {};
  let rest = place;
  for (const { name, labels: own } of [...axes].reverse()) {
    labels[name] = own[rest % own.length];
    rest = Math.floor(rest / own.length);
  }
  return Object.fromEntries(axes.map(({ name }) => [name, labels[name]])) as { [Axis in AxisName]: string };
}

function placeName(axes: readonly GridAxis[], place: number): string {
  return Object.entries(labelsAt(axes, place))
    .map(([axis, label]) => `${axis} ${shown(label)}`)
    .join(", ");
}

function places(axes: readonly GridAxis[]): number {
  const count = axes.reduce((product, { labels }) => product * labels.length, 1);
  assertArgument(
    count <= MOST_PLACES,
    "definition.axes",
    () => `definition.axes make ${count} combinations: pass axes with ${MOST_PLACES} at most`,
  );
  return count;
}

function isIn(place: number, own: readonly (readonly number[])[], axes: readonly GridAxis[]): boolean {
  let rest = place;
  for (let axis = axes.length - 1; axis >= 0; axis--) {
    const { length } = axes[axis].labels;
    if (!own[axis].includes(rest % length)) return false;
    rest = Math.floor(rest / length);
  }
  return true;
}

function labelPlaces(axis: GridAxis, at: GridCell["at"], path: string): number[] {
  const given = Object.hasOwn(Object(at), axis.name)
    ? (at as Readonly<Record<string, string | readonly string[] | undefined>>)[axis.name]
    : undefined;
  if (given === undefined) return axis.labels.map((_, i) => i);
  const labels = Array.isArray(given) ? given : [given];
  assertArgument(
    labels.length > 0,
    `${path}.at.${axis.name}`,
    () =>
      `${path}.at.${axis.name} is empty, a cell that nobody can be in: pass one of ${axis.labels.map(shown).join(", ")}, or several, or leave the axis out`,
  );
  return labels.map((label) => {
    const place = axis.labels.indexOf(label);
    assertArgument(
      place !== -1,
      `${path}.at.${axis.name}`,
      () =>
        `${path}.at.${axis.name} is ${shown(label)}: pass one of ${axis.labels.map(shown).join(", ")}, or several`,
    );
    return place;
  });
}

function assertKnownAxes(axes: readonly GridAxis[], at: GridCell["at"], path: string): void {
  assertArgument(
    typeof at === "object" && at !== null && !Array.isArray(at),
    `${path}.at`,
    () => `${path}.at is ${shown(at)}: pass { axis: label }, or {} for everything`,
  );
  for (const name of Object.keys(at)) {
    assertArgument(
      axes.some((axis) => axis.name === name),
      `${path}.at.${name}`,
      () => `${path}.at.${name} is no axis: pass ${axes.map((axis) => shown(axis.name)).join(", ")}`,
    );
  }
}

function assertAxes(axes: readonly GridAxis[]): void {
  assertArgument(
    Array.isArray(axes) && axes.length > 0,
    "definition.axes",
    () => `definition.axes is ${shown(axes)}: pass { name, cuts, labels }`,
  );
  const names = new Set<string>();
  for (const [i, axis] of axes.entries()) {
    const path = `definition.axes[${i}]`;
    const { name, cuts, labels } = Object(axis) as Partial<GridAxis>;
    assertArgument(
      typeof name === "string" && name !== "" && name !== "__proto__" && !names.has(name),
      `${path}.name`,
      () => `${path}.name is ${shown(name)}: pass a name that no other axis has`,
    );
    names.add(name);
    assertArgument(
      Array.isArray(cuts) && cuts.length > 0,
      `${path}.cuts`,
      () => `${path}.cuts is ${shown(cuts)}: pass one number or more`,
    );
    for (const [k, cut] of cuts.entries()) {
      assertFinite(cut, `${path}.cuts[${k}]`);
      assertArgument(
        k === 0 || cut > cuts[k - 1],
        `${path}.cuts[${k}]`,
        () => `${path}.cuts[${k}] is ${cut} after ${cuts[k - 1]}: pass the cuts in ascending order`,
      );
    }
    assertArgument(
      Array.isArray(labels) &&
        labels.length === cuts.length + 1 &&
        new Set(labels).size === labels.length &&
        labels.every((label) => typeof label === "string" && label !== ""),
      `${path}.labels`,
      () =>
        `${path}.labels is ${shown(labels)}: pass ${cuts.length + 1} different names, one more than there are cuts`,
    );
  }
}
