/** Words of English and Indonesian files for the two types of transactions. */
const typeWords: ReadonlyMap<string, "purchase" | "refund"> = new Map(
  Object.entries({
    purchase: "purchase",
    sale: "purchase",
    order: "purchase",
    penjualan: "purchase",
    pembelian: "purchase",
    refund: "refund",
    return: "refund",
    retur: "refund",
    pengembalian: "refund",
  } as const),
);

/** Which type does a cell name? `undefined` for any other word. */
export function transactionType(cell: string): "purchase" | "refund" | undefined {
  return typeWords.get(cell.toLowerCase());
}
