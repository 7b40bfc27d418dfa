/** A point that wants its name beside it. @internal */
export interface PointLabel {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly text: string;
  readonly isBold: boolean;
}

/** A name with its place: where it begins, and its middle. @internal */
export interface PlacedLabel extends PointLabel {
  readonly left: number;
  readonly middle: number;
}

/** Letters' height, a point's width, and the drawing's edges, in pixels. @internal */
export interface LabelRoom {
  readonly height: number;
  readonly dot: number;
  readonly right: number;
  readonly bottom: number;
}

/** A place that is taken. @internal */
export interface LabelObstacle {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Names beside their points, right, left, above or below, the first that is free of points, names and edges, and if it can be of
 * the lines that are to be avoided; those without a free place are left out. The first in the list choose first.
 *
 * @internal
 */
export function freeLabels(
  points: readonly PointLabel[],
  { height, dot, right, bottom }: LabelRoom,
  avoided: readonly LabelObstacle[] = [],
): PlacedLabel[] {
  const reach = dot / 2;
  const dots = points.map(
    ({ x, y }): LabelObstacle => ({ left: x - reach, right: x + reach, top: y - reach, bottom: y + reach }),
  );
  const taken: LabelObstacle[] = [];
  return points.flatMap((point) => {
    const { x, y, width } = point;
    const choices = [
      { left: x + reach + 3, middle: y },
      { left: x - reach - 3 - width, middle: y },
      { left: x - width / 2, middle: y - reach - height / 2 - 2 },
      { left: x - width / 2, middle: y + reach + height / 2 + 2 },
    ];
    const boxes = choices
      .map(({ left, middle }) => ({
        ...{ left, middle, right: left + width },
        ...{ top: middle - height / 2 - 1, bottom: middle + height / 2 + 1 },
      }))
      .filter(
        (box) =>
          box.left >= 0 &&
          box.right <= right &&
          box.top >= 0 &&
          box.bottom <= bottom &&
          ![...taken, ...dots].some((other) => touch(box, other)),
      );
    const box = boxes.find((one) => !avoided.some((other) => touch(one, other))) ?? boxes.at(0);
    if (box === undefined) return [];
    taken.push(box);
    return [{ ...point, left: box.left, middle: box.middle }];
  });
}

function touch(a: LabelObstacle, b: LabelObstacle): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
