/**
 * What it means that the likelihood grows towards an end of a parameter's range, and what to do.
 *
 * Often two run together: r with alpha, a with b. The pair says what customers have in common.
 *
 * @param name - The first parameter that left its range.
 * @param end - Where it runs.
 * @param at - All parameters where the search ended.
 * @internal
 */
export function bgNbdBoundary(
  name: string,
  end: "zero" | "infinity",
  at: Readonly<Record<string, number>>,
): string {
  const { r, alpha, a, b } = at;
  if (name === "r" || name === "alpha") {
    if (end === "infinity") {
      return `r and alpha run to infinity: customers do not differ in how often they buy (all ${shortly(r / alpha)} times a unit of time while they are customers); take fewer parameters, or a prior on r`;
    }
    return "r and alpha run to 0: some customers buy without pause and the others never; look for two kinds of customers in the data, or set a prior on r";
  }
  if (a / b < FEW_LEAVE) {
    return "a / b runs to 0: nobody seems to leave, so that a model of purchase rates alone (NBD) fits as well; watch customers for longer, or set a prior on a and b";
  }
  if (a / b > 1 / FEW_LEAVE) {
    return "a / b runs to infinity: everybody seems to leave at the first chance, nobody buys a second time after it; there is nothing to predict, or set a prior on a and b";
  }
  if (end === "infinity") {
    return `a and b run to infinity: customers do not differ in how readily they leave (all with probability ${shortly(a / (a + b))} after a purchase); take fewer parameters, or a prior on a and b`;
  }
  return `a and b run to 0: customers either leave at once or never (${shortly(a / (a + b))} of them leave); look for two kinds of customers in the data, or set a prior on a and b`;
}

/** Odds of leaving below which nobody does, as the range of a parameter of which one alone runs away is a factor of 3e6. */
const FEW_LEAVE = 1e-2;

function shortly(value: number): string {
  return value.toPrecision(3);
}
