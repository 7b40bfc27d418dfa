import type { ScaleItem } from "clientele";
import type { Questionnaire } from "../relationship/relationship-books.js";

const scale = { min: 1, max: 10 };

/** Weights are the mean points of customers who shared out a hundred on each side. */
export const questionnaire: Questionnaire = {
  satisfaction: "overall",
  recommend: "recommend",
  value: [
    { id: "quality", weight: 30, scale },
    { id: "choice of goods", weight: 22, scale },
    { id: "delivery", weight: 21, scale },
    { id: "advice of staff", weight: 15, scale },
    { id: "good name", weight: 12, scale },
    { id: "prices", weight: 48, scale, side: "sacrifice" },
    { id: "time it takes", weight: 22, scale, side: "sacrifice" },
    { id: "effort", weight: 16, scale, side: "sacrifice" },
    { id: "worry about faults", weight: 14, scale, side: "sacrifice" },
  ],
  commitment: {
    id: "commitment",
    min: 1,
    max: 7,
    step: 1,
    items: [...threeOf("affective", 2), ...threeOf("calculative", null), ...threeOf("normative", null)],
  },
};

/** Three items of a dimension, of which one may be put the other way round. */
function threeOf(dimension: string, reversed: number | null): ScaleItem[] {
  return [1, 2, 3].map((place) => ({
    id: `${dimension}-${place}`,
    dimension,
    ...(place === reversed && { reverse: true }),
  }));
}
