import type { Field } from "./options.js";

/**
 * Names by which columns are known, best first, in English and Indonesian; compared without case, blanks and signs.
 *
 * Names that may mean something else (`price`: of one unit?) are left out: they are asked for, not guessed.
 */
const namesOf: Readonly<Record<Field, readonly string[]>> = {
  customer: [
    ...["customerid", "custid", "clientid", "memberid", "userid", "buyerid", "shopperid", "accountid"],
    ...["customerno", "customernumber", "memberno", "customer", "client", "member", "buyer", "user"],
    ...["idpelanggan", "kodepelanggan", "pelanggan", "customeremail", "email", "customername"],
  ],
  at: [
    ...["at", "transactiondate", "purchasedate", "orderdate", "invoicedate", "saledate", "transactiontime"],
    ...["timestamp", "datetime", "orderedat", "purchasedat", "paidat", "createdat", "date", "time"],
    ...["tanggaltransaksi", "tgltransaksi", "tanggal", "tgl", "waktu"],
  ],
  amount: [
    ...["amount", "netamount", "totalamount", "amounttotal", "amountpaid", "ordertotal", "ordervalue"],
    ...["total", "totalprice", "dollarvalue", "revenue", "sales", "salesamount", "grandtotal", "spend"],
    ...["nominal", "totalharga", "totalbayar", "nilai"],
  ],
  id: [
    ...["transactionid", "purchaseid", "orderid", "invoiceid", "receiptid", "orderno", "ordernumber"],
    ...["invoiceno", "invoicenumber", "invoice", "receiptno", "id", "idtransaksi", "notransaksi", "nofaktur"],
  ],
  cost: ["cost", "totalcost", "costamount", "cogs", "costofgoodssold", "costofgoods", "costofsales", "hpp"],
  quantity: ["quantity", "qty", "units", "numberofunits", "pieces", "numberofcds", "kuantitas"],
  product: [
    ...["productid", "sku", "itemid", "stockcode", "productcode", "articleid", "product", "item"],
    ...["productname", "kodeproduk", "kodebarang", "produk", "barang"],
  ],
  channel: ["channel", "saleschannel", "orderchannel", "saluran"],
  type: ["type", "transactiontype", "rowtype", "jenis", "jenistransaksi"],
  refundOf: [
    ...["refundof", "refundedid", "refundedorderid", "refundfor", "originalid", "originalorderid"],
    ...["originaltransactionid", "parentid"],
  ],
  currency: ["currency", "currencycode", "isocurrency", "matauang"],
};

/** A column that may be meant by a field; the lower the rank, the better the name fits. */
export interface NamedColumn {
  readonly index: number;
  readonly name: string;
  readonly rank: number;
}

/** Which columns are called something like this field? Best name first. */
export function columnsNamed(field: Field, header: readonly string[]): NamedColumn[] {
  return header
    .map((name, index) => ({ index, name, rank: namesOf[field].indexOf(plain(name)) }))
    .filter(({ rank }) => rank >= 0)
    .sort((left, right) => left.rank - right.rank);
}

/** A column that holds the price or cost of one unit, which is not what was paid. */
export function isUnitPrice(name: string): boolean {
  return /unit|each|price|harga|satuan/.test(plain(name));
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
