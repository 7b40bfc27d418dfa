import { describe, expect, expectTypeOf, it } from "vitest";
import type { Duration } from "../../../src/core/duration.js";
import { parseRule } from "../../../src/segmentation/rules/parse-rule.js";
import type { RuleWindow, SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleBuilder } from "../../../src/segmentation/rules/rule-builder.js";
import type { RuleFor } from "../../../src/segmentation/rules/rule-conditions.js";
import { type RuleFields, ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { thrown } from "../../core/thrown.js";
import { refused } from "./refused.js";

// Held by `npm run typecheck`. Where a line is an error for the compiler, what it makes is one at run time too: each goes
// through `refused`.

describe("rules in code, from the data of ruleFields", () => {
  const fields = ruleFields(
    {
      plan: ["free", "pro"],
      age: { type: "number", label: "years" },
      joinedAt: "instant",
      tags: "text[]",
      isMember: "boolean",
      "address.city": "text",
    },
    { transactions: { amount: "number", product: "text", tags: "text[]" }, visits: { page: "text" } },
  );
  const { all, any, not, atLeast, field, events, sequence, segment, custom } = ruleBuilder(fields);
  const bought = events("transactions");
  const isRefused = (make: () => unknown) => expect(refused(fields, make)).toBe(true);

  it("knows paths, operators and values", () => {
    expect(field("address.city").startsWith("J")).toEqual({
      op: "startsWith",
      field: "address.city",
      value: "J",
    });
    expectTypeOf(field("plan").eq).parameter(0).toEqualTypeOf<"free" | "pro">();
    expectTypeOf(field("age").in).parameter(0).toEqualTypeOf<readonly number[]>();
    expectTypeOf(bought.sum).parameter(0).toEqualTypeOf<"amount">();
    expectTypeOf(bought.distinct).parameter(0).toEqualTypeOf<"amount" | "product" | "at">();
    expectTypeOf(all(field("age").gt(1), any(not(atLeast(0))))).toExtend<SegmentRule>();
    expect(parseRule(bought.distinct("at").gt(1), { fields }).op).toBe("distinct");
  });

  it("refuses wrong fields, operators and values", () => {
    // @ts-expect-error no such path
    isRefused(() => field("aeg").exists());
    // @ts-expect-error a number has no beginning
    isRefused(() => field("age").startsWith("1"));
    // @ts-expect-error no such plan
    isRefused(() => field("plan").eq("gold"));
    // @ts-expect-error a number is no text
    isRefused(() => field("age").gte("18"));
    // @ts-expect-error an instant is told as text
    isRefused(() => field("joinedAt").lt(5));
    // @ts-expect-error texts have no order here
    isRefused(() => field("plan").lt("pro"));
    // @ts-expect-error a list has no equality
    isRefused(() => field("tags").eq("a"));
    // @ts-expect-error a list of texts
    isRefused(() => field("tags").hasAny([1]));
    // @ts-expect-error true or false are not listed
    isRefused(() => field("isMember").in([true]));
    // @ts-expect-error no such kind
    isRefused(() => events("clicks").did());
    // @ts-expect-error no sum of texts
    isRefused(() => bought.sum("product").gt(1));
    // @ts-expect-error no least of instants
    isRefused(() => bought.min("at").gt(1));
    // @ts-expect-error lists are not told apart
    isRefused(() => bought.distinct("tags").gt(1));
    // @ts-expect-error no such field
    isRefused(() => custom("near", { field: "city" }));
    // @ts-expect-error numbers are counted, and no instants
    isRefused(() => bought.count().within({ last: { days: 1 } }));
  });

  it("refuses windows of no form or of two", () => {
    // @ts-expect-error no such unit
    isRefused(() => field("joinedAt").within({ calendar: "decade" }));
    // @ts-expect-error no length
    isRefused(() => field("joinedAt").within({ last: {} }));
    // @ts-expect-error no length
    isRefused(() => field("joinedAt").within({ ago: [{ days: 1 }, {}] }));
    // @ts-expect-error hours are no part of a duration
    isRefused(() => field("joinedAt").within({ last: { days: 1, hours: 3 } }));
    // @ts-expect-error the one or the other
    isRefused(() => field("joinedAt").within({ last: { days: 1 }, next: { days: 1 } }));
    // @ts-expect-error the one or the other
    isRefused(() => field("joinedAt").within({ calendar: "month", from: "2024-01-01" }));
    // @ts-expect-error no length
    isRefused(() => bought.within({ last: {} }).did());
    // @ts-expect-error no length
    isRefused(() => bought.last().within({ last: {} }));
    // @ts-expect-error no length
    isRefused(() => sequence([bought.step()], { window: { last: {} } }));
  });

  it("takes windows that are only known at run time", () => {
    const windows: RuleWindow[] = [
      { last: { days: 1 } },
      { calendar: "month", offset: -1 },
      { from: "2024-01-01" },
    ];
    for (const window of windows) {
      expect(parseRule(field("joinedAt").within(window), { fields })).toMatchObject({ window });
      expect(parseRule(bought.within(window).did(), { fields })).toMatchObject({ window });
    }
    const length: Duration = { days: 90 };
    expect(parseRule(field("joinedAt").within({ last: length }), { fields })).toMatchObject({ op: "within" });
  });

  it("refuses sequences of nothing and of other events", () => {
    // @ts-expect-error no step
    isRefused(() => sequence([]));
    // @ts-expect-error no such kind
    isRefused(() => sequence([{ of: "clicks" }]));
    // @ts-expect-error no such kind
    isRefused(() => sequence([bought.step()], { notFollowedBy: { of: "clicks" } }));
    const steps = [bought.step(), events("visits").step({ days: 1 })];
    expect(parseRule(sequence(steps), { fields })).toEqual({ op: "sequence", steps });
  });

  it("refuses in a rule on an event what is not of that event", () => {
    // @ts-expect-error no such field of an event
    isRefused(() => bought.where((event) => event.field("amonut").gt(5)).did());
    // @ts-expect-error a field of the customer
    isRefused(() => bought.where(() => field("plan").eq("pro")).did());
    // @ts-expect-error one of them a field of the customer
    isRefused(() => bought.where((event) => all(event.field("amount").gt(1), field("plan").eq("pro"))).did());
    // @ts-expect-error events of events
    isRefused(() => bought.where(() => bought.did()).did());
    // @ts-expect-error a segment of customers
    isRefused(() => bought.where(() => segment("loyal")).did());
    // @ts-expect-error a field of another kind of event
    isRefused(() => bought.where(() => visitOn("home")).did());
    const combined = bought.where((event) =>
      any(event.field("at").gte("2024-01-01"), not(event.field("amount").gt(1)), all()),
    );
    expect(parseRule(combined.did(), { fields }).op).toBe("did");
    const stored: SegmentRule = { op: "gt", field: "amount", value: 1 };
    expect(parseRule(bought.where(() => stored).did(), { fields }).op).toBe("did");
    const operators = { near: { holds: () => true } };
    const own = bought.where((event) => event.custom("near", { field: "amount" })).did();
    expect(parseRule(own, { fields, operators }).op).toBe("did");
    // @ts-expect-error a field of the customer
    isRefused(() => bought.where((event) => event.custom("near", { field: "plan" })).did());
  });

  /** A rule on a visit, taken out of where it was made. */
  function visitOn(page: string) {
    const made: RuleFor<"event of visits">[] = [];
    events("visits").where((event) => {
      made.push(event.field("page").eq(page));
      return made[0];
    });
    return made[0];
  }

  it("refuses one window after another, which would drop the first", () => {
    const once = bought.within({ last: { days: 90 } });
    const error = thrown(() => once.within({ last: { days: 30 } }));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "window" });
    expect(error.message).toContain("called twice");
    expect(thrown(() => once.step()).path).toBe("window");
  });

  it("calls a habit what the tree calls it, by the names of its keys", () => {
    const habit = { unit: "month", atLeast: 6, outOf: 12, minimum: 2 } as const;
    expect(bought.frequency(habit)).toEqual({ op: "frequency", of: "transactions", ...habit });
    const once = bought.within({ last: { days: 90 } });
    expect(thrown(() => once.frequency(habit))).toMatchObject({ code: "INVALID_ARGUMENT", path: "window" });
    // @ts-expect-error out of how many is not told
    isRefused(() => bought.frequency({ unit: "month", atLeast: 6 }));
    // @ts-expect-error no calendar unit
    isRefused(() => bought.frequency({ unit: "decade", atLeast: 1, outOf: 2 }));
  });

  it("has for fields that are only known at run time what all fields have", () => {
    const some: RuleFields = fields;
    const loose = ruleBuilder(some);
    expect(parseRule(loose.field("age").exists(), { fields })).toEqual({ op: "exists", field: "age" });
    expect(parseRule(loose.events("transactions").sum("amount").gt(1), { fields }).op).toBe("sum");
    // @ts-expect-error not every field has an order
    expect(loose.field("age").gt(1)).toEqual({ op: "gt", field: "age", value: 1 });
  });
});
