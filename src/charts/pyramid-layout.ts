import type { CustomerPyramid, PyramidLayer } from "../pyramid/customer-pyramid.js";
import type { LayerSpend } from "../pyramid/spend-by-layer.js";
import { type ChartSizes, widest } from "./chart-frame.js";
import type { NumberText } from "./number-text.js";
import { inTwoLines, textWidth } from "./text-width.js";

/** Where one layer of the pyramid is drawn, in pixels from the left. @internal */
type PlacedLayer = {
  readonly layer: string;
  readonly name: string;
  readonly status: string;
  readonly customers: number;
  readonly shareOfCustomers: number | null;
  readonly revenue: number;
  readonly shareOfRevenue: number | null;
  readonly shareOfSpend: number | null;
  readonly row: number;
  readonly left: number;
  readonly right: number;
  readonly label: string;
  readonly labelAt: number;
  readonly isInside: boolean;
};

/** A column of bars beside the pyramid. @internal */
export interface BarColumn {
  readonly name: string;
  readonly field: "shareOfRevenue" | "shareOfSpend";
  readonly left: number;
  /** Length of the longest bar; its share is `most`. */
  readonly room: number;
  readonly most: number;
}

/** Between a bar and its label. @internal */
export const LABEL_GAP = 5;

/** @internal */
export interface PyramidLayout {
  readonly layers: readonly PlacedLayer[];
  readonly columns: readonly BarColumn[];
  /** Middle of the pyramid. */
  readonly center: number;
  readonly width: number;
  readonly rowHeight: number;
}

/** Places names, pyramid and columns side by side in the width that there is. @internal */
export function pyramidLayout(
  pyramid: CustomerPyramid,
  spend: LayerSpend | null,
  sizes: ChartSizes,
  width: number,
  text: NumberText,
): PyramidLayout {
  const layers = shownLayers(pyramid);
  const labels = layers.map((layer) => customersLabel(layer, sizes, text));
  const names = layers.map(({ name }) =>
    inTwoLines(layerName(name), sizes.isNarrow ? 62 : 150, sizes.label, true),
  );
  const nameWidth = widest(
    names.flatMap((name) => name.split("\n")),
    sizes.label,
    true,
  );
  const gap = sizes.isNarrow ? 8 : 14;
  const labelWidth = widest(
    labels.flatMap((label) => label.split("\n")),
    sizes.label,
  );
  const fields: ("shareOfRevenue" | "shareOfSpend")[] = [
    "shareOfRevenue",
    ...(spend ? (["shareOfSpend"] as const) : []),
  ];
  // The pyramid gets half of the room, and never so little that a label fits neither into its bar nor beside it.
  const room = width - nameWidth - gap * (1 + fields.length);
  const pyramidWidth = Math.max(3 * labelWidth + 24, room * (fields.length === 1 ? 0.55 : 0.45));
  const columnWidth = Math.max(40, (room - pyramidWidth) / fields.length);
  const pyramidLeft = nameWidth + gap;
  const center = pyramidLeft + pyramidWidth / 2;
  const most = Math.max(1, ...layers.map(({ customers }) => customers));
  const spendOf = new Map(spend?.layers.map(({ layer, shareOfMoney }) => [layer, shareOfMoney.value]));

  const placed = layers.map((layer, row) => {
    const half = ((layer.customers / most) * pyramidWidth) / 2;
    const label = labels[row] ?? "";
    const own = widest(label.split("\n"), sizes.label);
    const isInside = 2 * half >= own + 12;
    return {
      layer: layer.name,
      name: names[row] ?? layer.name,
      status: layer.status,
      customers: layer.customers,
      shareOfCustomers: layer.shareOfCustomers.value,
      revenue: layer.revenue,
      shareOfRevenue: layer.shareOfRevenue.value,
      shareOfSpend: spendOf.get(layer.name) ?? null,
      row,
      left: center - Math.max(half, layer.customers > 0 ? 1 : 0),
      right: center + Math.max(half, layer.customers > 0 ? 1 : 0),
      label,
      labelAt: isInside ? center : center + half + 6 + own / 2,
      isInside,
    };
  });
  const columns = fields.map((field, i) => {
    const values = placed.map((layer) => layer[field]);
    const text100 = Math.max(...values.map((value) => textWidth(text.percent(value), sizes.label)), 0);
    return {
      name: columnName(field, sizes),
      field,
      left: pyramidLeft + pyramidWidth + gap + i * (columnWidth + gap),
      room: Math.max(4, columnWidth - text100 - LABEL_GAP - 1),
      most: values.reduce<number>((best, value) => Math.max(best, value ?? 0), 0) || 1,
    };
  });
  return { layers: placed, columns, center, width, rowHeight: sizes.isNarrow ? 40 : 38 };
}

function columnName(field: BarColumn["field"], sizes: ChartSizes): string {
  if (field === "shareOfRevenue") return sizes.isNarrow ? "revenue" : "share of revenue";
  return sizes.isNarrow ? "spend" : "share of marketing money";
}

/** All layers; those who never bought only when anybody of them is known. */
function shownLayers({ layers }: CustomerPyramid): PyramidLayer[] {
  const neverBought = layers.filter(({ status }) => status !== "active" && status !== "inactive");
  const anyKnown = neverBought.some(({ customers }) => customers > 0);
  return layers.filter((layer) => anyKnown || !neverBought.includes(layer));
}

function customersLabel(
  { customers, shareOfCustomers }: PyramidLayer,
  sizes: ChartSizes,
  text: NumberText,
): string {
  if (customers === 0) return text.count(0);
  return `${text.count(customers)}${sizes.isNarrow ? "\n" : " · "}${text.percent(shareOfCustomers.value)}`;
}

/** `"restOfWorld"` reads "Rest of world". */
function layerName(name: string): string {
  const words = name.replace(
    /([a-z])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
}
