import { transactionLog } from "clientele";
import { expect, it } from "vitest";
import { analyze } from "../src/report/analysis.js";
import type { ReportInput } from "../src/report/report-input.js";
import { pyramidSection } from "../src/report/sections/pyramid-section.js";
import { textOf } from "./files.js";

const log = transactionLog([{ customerId: "ani", at: "2023-05-01", amount: 700 }], { currency: "USD" });
const at = Date.UTC(2023, 5, 1);

async function sectionWith(...customerIds: string[]): Promise<string> {
  const analysis = analyze({
    log,
    asOf: "2024-01-01",
    customers: [{ id: "dewi", relation: "responded" }],
    efforts: customerIds.map((customerId) => ({ customerId, at, money: 100, hours: 1 })),
  });
  return textOf((await pyramidSection({ analysis } as ReportInput)).markup);
}

it("says where marketing went as customers stand now, and what is not counted", async () => {
  const text = await sectionWith("ani", "dewi", "x", "y");
  expect(text).toContain(
    "50.0% of the marketing money and 50.0% of the hours of the last 12 months went to people who have not bought to this day.",
  );
  expect(text).toContain("2 efforts on ids that nobody knows are not counted.");
});

it("says nothing of unknown ids where there are none", async () => {
  expect(await sectionWith("ani")).not.toContain("nobody knows");
});
