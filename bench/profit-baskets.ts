import { parseArgs } from "node:util";
import {
  type AssociationRules,
  associationRules,
  crossSellCandidates,
  productsPerCustomer,
  seededRandom,
  sellingPotential,
  switchSellCandidates,
  table,
  transactionLog,
  upSellCandidates,
} from "clientele";
import { machine, median, printTable } from "./report.js";

// How long does it take to find what is bought together in a million baskets, beside a plain loop with a Map; and to find
// candidates among a million customers?

const { values } = parseArgs({
  options: {
    baskets: { type: "string", default: "1000000" },
    items: { type: "string", default: "5" },
    products: { type: "string", default: "2000" },
    "minimum-count": { type: "string", default: "100" },
    passes: { type: "string", default: "5" },
    only: { type: "string", default: "" },
  },
});
const [count, items, products, minimumCount, passes] = [
  values.baskets,
  values.items,
  values.products,
  values["minimum-count"],
  values.passes,
].map(Number);
const facts = machine();
console.log(
  `${count} baskets of ${items} items over ${products} products, minimum count ${minimumCount}, ${passes} passes. ` +
    `${facts.processor}, ${facts.cores} cores, node ${facts.node}, load ${facts.load[0]}.`,
);

const draw = seededRandom(1);
// Some products are bought far more often than others, and two of five are of the same ten as the one before. Each item is
// a string of its own, as a parser gives them.
const baskets = Array.from({ length: count }, () => {
  let product = 0;
  return Array.from({ length: items }, (_, i) => {
    const isAlike = i > 0 && draw() < 0.4;
    product = isAlike
      ? product - (product % 10) + Math.floor(10 * draw())
      : Math.floor(products * draw() ** 3);
    return Buffer.from(`product-${product}`).toString();
  });
});

const timed = (what: string, run: () => { readonly found: number }) => {
  const wall: number[] = [];
  const processor: number[] = [];
  let found = 0;
  for (let pass = 0; pass < passes; pass++) {
    const start = performance.now();
    const before = process.cpuUsage();
    found = run().found;
    const { user, system } = process.cpuUsage(before);
    wall.push(performance.now() - start);
    processor.push((user + system) / 1000);
  }
  return {
    what,
    found: String(found),
    "best ms": Math.min(...wall).toFixed(0),
    "median ms": median(wall).toFixed(0),
    "best CPU ms": Math.min(...processor).toFixed(0),
  };
};
const print = (title: string, runs: readonly (readonly [string, () => { readonly found: number }])[]) => {
  const rows = runs.filter(([what]) => what.includes(values.only)).map(([what, run]) => timed(what, run));
  if (rows.length > 0) printTable(title, rows);
};

/** What somebody writes: counts of pairs in a Map by text, then the measures of those that are frequent; no test. */
function pairsByHand(minimum: number): number {
  const single = new Map<string, number>();
  const pairs = new Map<string, number>();
  for (const basket of baskets) {
    const distinct = [...new Set(basket)].sort();
    for (let i = 0; i < distinct.length; i++) {
      single.set(distinct[i], (single.get(distinct[i]) ?? 0) + 1);
      for (let j = i + 1; j < distinct.length; j++) {
        const key = `${distinct[i]}|${distinct[j]}`;
        pairs.set(key, (pairs.get(key) ?? 0) + 1);
      }
    }
  }
  const rules: { antecedent: string; consequent: string; confidence: number; lift: number }[] = [];
  for (const [key, both] of pairs) {
    if (both < minimum) continue;
    const [a, b] = key.split("|");
    const [ofA, ofB] = [single.get(a) ?? 0, single.get(b) ?? 0];
    const lift = (both * baskets.length) / (ofA * ofB);
    rules.push({ antecedent: a, consequent: b, confidence: both / ofA, lift });
    rules.push({ antecedent: b, consequent: a, confidence: both / ofB, lift });
  }
  rules.sort((a, b) => b.lift - a.lift);
  return rules.length;
}

const ruled = (result: AssociationRules) => ({ found: result.rules.length });
print("Rules, ms", [
  ["associationRules: pairs", () => ruled(associationRules(baskets, { minimumCount }))],
  ["Map by hand: pairs, no test", () => ({ found: pairsByHand(minimumCount) })],
  ["associationRules: pairs, minimum count 5", () => ruled(associationRules(baskets, { minimumCount: 5 }))],
  [
    "associationRules: up to four products",
    () => ruled(associationRules(baskets, { minimumCount, maximumSize: 4 })),
  ],
]);

const asOf = "2025-01-01";
const margin = (productId: string) =>
  100 + (productId.length % 7) * productId.charCodeAt(productId.length - 1);

/** What is measured on a log lives only as long as it: every collection of garbage looks through all that lives. */
function measureLog() {
  // The baskets as the holdings of as many customers. Their strings go.
  const log = transactionLog(
    {
      customerId: baskets.flatMap((basket, i) => basket.map(() => i)),
      at: new Float64Array(count * items).fill(Date.UTC(2024, 5, 1)),
      amount: new Float64Array(count * items).fill(500),
      productId: baskets.flat(),
    },
    { currency: "IDR" },
  );
  baskets.length = 0;

  // Rules as somebody would use them: those that are no chance, and of products that are bought often.
  const rules = associationRules(log, { asOf, per: "customer", minimumCount, maximumPValue: 0.05 });
  console.log(`\n${rules.rules.length} rules that are no chance`);
  const families = Array.from({ length: products / 4 }, (_, family) => ({
    family: `family-${family}`,
    rungs: Array.from({ length: 4 }, (_, rung) => `product-${family * 4 + rung}`),
  }));
  const replacements = Array.from({ length: products }, (_, i) => ({
    from: `product-${i}`,
    to: `product-${(i + 1) % products}`,
  }));
  const candidates = crossSellCandidates(log, rules, { asOf, margin, limitPerCustomer: 3 }).candidates;
  print("A customer a basket, ms", [
    [
      "associationRules(log), per customer",
      () => ruled(associationRules(log, { asOf, per: "customer", minimumCount })),
    ],
    [
      "crossSellCandidates(log), best 1",
      () => ({
        found: crossSellCandidates(log, rules, { asOf, margin, limitPerCustomer: 1 }).candidates.length,
      }),
    ],
    [
      "crossSellCandidates(log), best 3",
      () => ({
        found: crossSellCandidates(log, rules, { asOf, margin, limitPerCustomer: 3 }).candidates.length,
      }),
    ],
    [
      "upSellCandidates(log)",
      () => ({ found: upSellCandidates(log, families, { asOf, margin }).candidates.length }),
    ],
    [
      "switchSellCandidates(log)",
      () => ({ found: switchSellCandidates(log, replacements, { asOf, margin }).candidates.length }),
    ],
    ["productsPerCustomer(log)", () => ({ found: productsPerCustomer(log, { asOf }).customers })],
    ["sellingPotential", () => ({ found: sellingPotential(candidates).byCustomer.length })],
  ]);

  const { product, offsets, customerIds } = log;
  const customerOfRow = customerIds.flatMap((id, i) =>
    Array.from({ length: offsets[i + 1] - offsets[i] }, () => id),
  );
  const holdings = table({
    customerId: customerOfRow,
    productId: Array.from(product?.codes ?? [], (code) => product?.values[code] ?? ""),
  });
  return { rules, holdings };
}

const { rules, holdings } = measureLog();
print("Holdings as a table, ms", [
  [
    "crossSellCandidates(table), best 3",
    () => ({
      found: crossSellCandidates(holdings, rules, { margin, limitPerCustomer: 3 }).candidates.length,
    }),
  ],
]);
