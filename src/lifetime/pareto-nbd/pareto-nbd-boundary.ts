/**
 * What it means that the likelihood grows towards an end of a parameter's range, and what to do.
 *
 * Often two run together: r with alpha, s with beta. What the pair says of the customers tells which simpler model fits as well.
 *
 * @param name - The first parameter that left its range.
 * @param end - Where it runs.
 * @param at - All parameters where the search ended.
 * @param time - For how long customers were watched, on average.
 * @internal
 */
export function paretoNbdBoundary(
  name: string,
  end: "zero" | "infinity",
  at: Readonly<Record<string, number>>,
  time: number,
): string {
  const { r, alpha, s, beta } = at;
  if (name === "r" || name === "alpha") {
    if (end === "infinity") {
      return `r and alpha run to infinity: customers do not differ in how often they buy (all ${shortly(r / alpha)} times a unit of time while they are customers); take fewer parameters, or a prior on r`;
    }
    return "r and alpha run to 0: some customers buy without pause and the others never; look for two kinds of customers in the data, or set a prior on r";
  }
  const left = -Math.expm1(-s * Math.log1p(time / beta));
  if (left < FEW) {
    return `${end === "zero" ? "s runs to 0" : "beta runs to infinity"}: nobody seems to leave, so that a model of purchase rates alone (NBD) fits as well; watch customers for longer, or set a prior on s and beta`;
  }
  if (left > 1 - FEW) {
    return `${end === "zero" ? "beta runs to 0" : "s runs to infinity"}: everybody seems to be gone right after the first purchases; there is nothing to predict, or set a prior on s and beta`;
  }
  if (end === "infinity") {
    return `s and beta run to infinity: customers do not differ in how soon they leave (all at the rate ${shortly(s / beta)} a unit of time); take fewer parameters, or a prior on s and beta`;
  }
  return `s and beta run to 0: customers leave either at once or never (${shortly(left)} of them have left); look for two kinds of customers in the data, or set a prior on s and beta`;
}

const FEW = 0.01;

function shortly(value: number): string {
  return value.toPrecision(3);
}
