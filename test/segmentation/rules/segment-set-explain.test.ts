import { describe, expect, it } from "vitest";
import { migrationReasons } from "../../../src/segmentation/rules/migration-reasons.js";
import { ruleBuilder } from "../../../src/segmentation/rules/rule-builder.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { segmentMigration } from "../../../src/segmentation/rules/segment-migration.js";
import { segmentSet } from "../../../src/segmentation/rules/segment-set.js";
import { thrown } from "../../core/thrown.js";

const fields = ruleFields({ plan: "text" }, { visits: {} });
const { all, field, events } = ruleBuilder(fields);
const rules = {
  active: all(
    field("plan").ne("free"),
    events("visits")
      .within({ last: { days: 30 } })
      .did(),
  ),
};
const june = segmentSet(rules, { fields, asOf: "2024-07-01" });
const july = june.at("2024-08-01");
const ani = { customerId: "ani", plan: "pro" };
const visits = [{ at: "2024-06-20" }];
const input = { records: [ani], eventsOf: () => ({ visits }) };

describe("a set of segments", () => {
  it("explains its customers and their moves itself", () => {
    const customer = { record: ani, events: { visits } };
    expect(june.explain("active", customer)).toMatchObject({ held: true, asOf: june.asOf });
    expect(july.explain("active", customer).flip).toEqual(["segments.active.of[1]"]);
    const migration = segmentMigration(june.evaluate(input), july.evaluate(input));
    const { reasons } = migrationReasons(migration, july, () => customer);
    expect(reasons.columns.path).toEqual(["segments.active.of[1]"]);
  });

  it("refuses a migration from other rules of the same names, fields or calendar", () => {
    const others = [
      segmentSet({ active: field("plan").eq("pro") }, { fields, asOf: "2024-07-01" }),
      segmentSet(rules, { fields, asOf: "2024-07-01", timeZone: "Asia/Jakarta" }),
    ];
    for (const other of others)
      expect(thrown(() => segmentMigration(other.evaluate(input), july.evaluate(input)))).toMatchObject({
        code: "INVALID_ARGUMENT",
        path: "before",
      });
  });

  it("takes a migration between two dates when only words for people changed", () => {
    const label = { en: "tariff", id: "tarif" };
    const labeled = ruleFields({ plan: { type: "text", label } }, { visits: {} });
    const renamed = segmentSet(rules, { fields: labeled, asOf: "2024-07-01" });
    expect(renamed.evaluate(input).rules).toBe(july.evaluate(input).rules);
  });

  it("refuses events at the start as evaluate does", () => {
    expect(thrown(() => june.start(ani, { visit: visits })).path).toBe("events.visit");
    expect(thrown(() => june.start(ani, { visits: [{ at: "soon" }] })).path).toBe("events.visits[0].at");
  });
});
