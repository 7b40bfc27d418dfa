/** Whose each of so many sales is: each customer buys at least once, and the sales per customer are skewed. */
export function skewedBuyers(customers: number, rows: number, draw: () => number): number[] {
  return Array.from({ length: rows }, (_, row) =>
    row < customers ? row : Math.floor(customers * draw() ** 2),
  );
}

/** Ids of customers as a parser gives them: flat, one string each. */
export function customerNames(customers: number): string[] {
  return Array.from({ length: customers }, (_, i) => Buffer.from(`customer-${i}`).toString());
}
