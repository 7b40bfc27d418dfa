import { assertArgument, assertOptions, shown } from "../../core/assert.js";
import { ratio } from "../../core/rate.js";
import { isFiniteNumber, isLevel } from "../../value/checked-rows.js";
import type { CustomerValue } from "../../value/worth/customer-value.js";
import type { ValueSide } from "../../value/worth/value-item.js";

/** Throws unless a value is made of its parts, but for rounding: a figure whose sources say something else could not be traced. @internal */
export function assertCustomerValue(value: CustomerValue): void {
  assertOptions(value, "the result of customerValue", PATH);
  const { benefit, sacrifice, net, contributions } = value;
  assertArgument(
    [benefit, sacrifice, net].every(isFiniteNumber) && Array.isArray(contributions),
    PATH,
    () => `${PATH} has benefit ${shown(benefit)} and sacrifice ${shown(sacrifice)}: ${FIX}`,
  );
  assertSide(value, "benefit");
  assertSide(value, "sacrifice");
  assertArgument(
    isLevel(net, benefit - sacrifice, Math.abs(benefit) + Math.abs(sacrifice)),
    `${PATH}.net`,
    () => `${PATH}.net is ${net}, and benefit less sacrifice is ${benefit - sacrifice}: ${FIX}`,
  );
  const expected = ratio(benefit, sacrifice).value;
  const given: unknown = value.ratio?.value;
  assertArgument(
    expected === null
      ? given === null
      : isFiniteNumber(given) && isLevel(given, expected, Math.abs(expected)),
    `${PATH}.ratio`,
    () => `${PATH}.ratio has value ${shown(given)}, and benefit / sacrifice is ${shown(expected)}: ${FIX}`,
  );
}

const PATH = "customer.value";
const FIX = "pass the result of customerValue as it came";

function assertSide(value: CustomerValue, side: ValueSide): void {
  const { contributions, [side]: total } = value;
  let [sum, size] = [0, 0];
  for (const [place, part] of contributions.entries()) {
    const contribution: unknown = part?.contribution;
    const path = `${PATH}.contributions[${place}].contribution`;
    assertArgument(isFiniteNumber(contribution), path, () => `${path} is ${shown(contribution)}: ${FIX}`);
    if (part.side !== side) continue;
    sum += contribution;
    size += Math.abs(contribution);
  }
  assertArgument(
    isLevel(sum, total, size),
    `${PATH}.${side}`,
    () => `${PATH}.${side} is ${total}, and its contributions add up to ${sum}: ${FIX}`,
  );
}
