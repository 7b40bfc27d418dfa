import { describe, expect, test } from "vitest";
import { higherStanding, withTierFloor } from "../../../src/loyalty/tiers/tier-floor.js";
import type { TierStanding } from "../../../src/loyalty/tiers/tier-standing.js";
import { tierProgram } from "./tier-program.js";

const program = tierProgram();
const silver: TierStanding = { tier: "silver", since: 1, earned: "silver", until: 900, floor: null };

describe("withTierFloor", () => {
  test("lifts, and remembers what was earned", () => {
    expect(withTierFloor(program, silver, { tier: "gold", until: 500 }, 7)).toEqual({
      tier: "gold",
      since: 7,
      earned: "silver",
      until: 900,
      floor: { tier: "gold", until: 500 },
    });
  });

  test("a lower floor changes nothing that holds", () => {
    expect(withTierFloor(program, silver, { tier: "bronze", until: null }, 7)).toMatchObject({
      tier: "silver",
      since: 1,
    });
  });

  test("taken away, the earned level holds again", () => {
    const lifted = withTierFloor(program, silver, { tier: "gold", until: null }, 7);
    expect(withTierFloor(program, lifted, null, 9)).toEqual({ ...silver, since: 9 });
  });

  test("an unknown level is refused by name", () => {
    expect(() => withTierFloor(program, silver, { tier: "diamond", until: null }, 7)).toThrow(
      expect.objectContaining({
        code: "INVALID_ARGUMENT",
        path: "floor.tier",
        message: expect.stringContaining('"diamond"'),
      }),
    );
  });
});

describe("higherStanding", () => {
  const gold: TierStanding = { tier: "gold", since: 2, earned: "gold", until: 300, floor: null };

  test("S29: the higher level stays, whichever account it stood on", () => {
    expect(higherStanding(program, silver, gold, 7)).toEqual({ ...gold, since: 7 });
    expect(higherStanding(program, gold, silver, 7)).toEqual(gold);
  });

  test("of equal levels the longer term, where null is for good", () => {
    expect(higherStanding(program, gold, { ...gold, until: 400 }, 7).until).toBe(400);
    expect(higherStanding(program, { ...gold, until: 400 }, gold, 7).until).toBe(400);
    expect(higherStanding(program, gold, { ...gold, until: null }, 7).until).toBeNull();
  });

  test("floors are compared apart from what was earned", () => {
    const floored = { ...silver, tier: "gold", floor: { tier: "gold", until: 50 } };
    expect(higherStanding(program, { ...silver, until: 950 }, floored, 7)).toEqual({
      tier: "gold",
      since: 7,
      earned: "silver",
      until: 950,
      floor: { tier: "gold", until: 50 },
    });
  });
});
