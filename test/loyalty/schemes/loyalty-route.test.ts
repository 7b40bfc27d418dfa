import { expect, test } from "vitest";
import { loyaltyRoutes, oneToOneDeeds, routeMeans } from "../../../src/loyalty/schemes/loyalty-route.js";

test("each route has its means, and no means is on two routes", () => {
  expect(Object.keys(routeMeans)).toEqual([...loyaltyRoutes]);
  const all = loyaltyRoutes.flatMap((route) => [...routeMeans[route]] as string[]);
  expect(new Set(all).size).toBe(all.length);
});

test("one to one: greeting, own complaints, invitation, birthday card", () => {
  expect(oneToOneDeeds).toHaveLength(4);
  expect(routeMeans.oneToOne).toEqual(oneToOneDeeds);
});
