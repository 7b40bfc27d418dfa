import { expect, it } from "vitest";
import { rows } from "../../src/core/table.js";
import { activityBasedCosts } from "../../src/profitability/statement/activity-based-costs.js";
import { timeDrivenCosts } from "../../src/profitability/statement/time-driven-costs.js";

// Kaplan, R. S. & Anderson, S. R. (2004). Time-driven activity-based costing. Harvard Business Review, November, 131-138:
// a customer service department that costs $560,000 a quarter, with 700,000 minutes of practical capacity.

const usage = [
  { customerId: "all", activity: "order", quantity: 49_000 },
  { customerId: "all", activity: "inquiry", quantity: 1_400 },
  { customerId: "all", activity: "credit check", quantity: 2_500 },
];

it("the survey's rates are $8, $40 and $44.80, with no unused capacity to be seen", () => {
  const { activities, total } = activityBasedCosts(
    [
      { activity: "order", cost: 392_000_00, capacity: 49_000 },
      { activity: "inquiry", cost: 56_000_00, capacity: 1_400 },
      { activity: "credit check", cost: 112_000_00, capacity: 2_500 },
    ],
    usage,
  );
  expect(activities.columns.rate).toEqual([800, 4000, 4480]);
  expect(total).toEqual({ cost: 560_000_00, charged: 560_000_00, spread: 0, unusedCost: 0 });
});

it("by time the rates are $6.40, $35.20 and $40, and 121,400 minutes for $97,120 are unused", () => {
  const { resources, activities, total } = timeDrivenCosts(
    [{ resource: "customer service", cost: 560_000_00, minutes: 700_000 }],
    [
      { activity: "order", resource: "customer service", minutes: 8 },
      { activity: "inquiry", resource: "customer service", minutes: 44 },
      { activity: "credit check", resource: "customer service", minutes: 50 },
    ],
    usage,
  );
  expect(rows(activities).map(({ minutes, rate, charged }) => [minutes, rate, charged])).toEqual([
    [392_000, 640, 313_600_00],
    [61_600, 3520, 49_280_00],
    [125_000, 4000, 100_000_00],
  ]);
  const { costPerMinute, usedMinutes, unusedMinutes, unusedCost } = resources.columns;
  expect([costPerMinute, usedMinutes, unusedMinutes, unusedCost]).toEqual([
    [80],
    [578_600],
    [121_400],
    [97_120_00],
  ]);
  expect(total.charged).toBe(462_880_00);
});
