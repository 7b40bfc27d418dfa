import { expect, test } from "vitest";
import { controlGroupMargin } from "../../../src/loyalty/economics/control-group-margin.js";
import { thrown } from "../../core/thrown.js";

// Student's sleep data (1908), extra hours of sleep, two drugs; R's t.test(extra ~ group, data = sleep) prints
// t = -1.8608, df = 17.776, 95 percent confidence interval -3.3654832 0.2054832, means 0.75 and 2.33.
const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

test("Student's sleep data give R's means and Welch interval", () => {
  const effect = controlGroupMargin({ members: first, control: second });
  // R prints seven decimals.
  expect(effect.memberMean).toBeCloseTo(0.75, 10);
  expect(effect.controlMean).toBeCloseTo(2.33, 10);
  expect(effect.perMemberInterval?.lower).toBeCloseTo(-3.3654832, 7);
  expect(effect.perMemberInterval?.upper).toBeCloseTo(0.2054832, 7);
  expect(effect.incrementalInterval?.lower).toBeCloseTo(-33.654832, 6);
});

test("three members with 120.00 against two controls with 60.00 bring 30.00 more together", () => {
  const effect = controlGroupMargin({ members: [30_00, 50_00, 40_00], control: [20_00, 40_00] });
  expect(effect).toMatchObject({ perMember: 10_00, incrementalMargin: 30_00, reason: null });
});

test("without a control group nothing is said, with one customer in it no interval", () => {
  expect(controlGroupMargin({ members: [1, 2], control: [] })).toMatchObject({
    perMember: null,
    incrementalMargin: null,
    reason: "2 members, 0 in the control group: no mean",
  });
  expect(controlGroupMargin({ members: [1, 2], control: [1] })).toMatchObject({
    perMember: 0.5,
    perMemberInterval: null,
    incrementalInterval: null,
  });
});

test("a margin that is no number is named", () => {
  const error = thrown(() => controlGroupMargin({ members: [1, Number.NaN], control: [1] }));
  expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "margins.members[1]"]);
});
