import { basename } from "node:path";
import { seededRandom, transactionLog } from "clientele";
import type { Command } from "./command-line.js";
import { dayAfterLast, logNotes, versions } from "./data-notes.js";
import { inputError } from "./input/input-error.js";
import type { LoadedTransactions } from "./input/load-transactions.js";
import type { FileOptions } from "./input/options.js";
import { analyze } from "./report/analysis.js";
import { count, counted } from "./report/formats.js";
import type { ReportInput } from "./report/report-input.js";
import { sampleBonds } from "./sample/bonds.js";
import { sampleLoyalty } from "./sample/loyalty-club.js";
import { sampleBase } from "./sample/sample-base.js";
import { shop } from "./sample/shop-calendar.js";
import { readStoredSegments } from "./segments/stored-segments.js";

/** The generated shop: its records, its log and what they say. */
export function reportOnSample({ seed, asOf = shop.asOf, title = shop.name }: Command): ReportInput {
  const base = sampleBase({ seed });
  const log = transactionLog(base.transactions, { currency: shop.currency, timeZone: shop.timeZone });
  const names = new Map(base.customers.map(({ id, name }) => [id, name]));
  const loyalty = sampleLoyalty(seededRandom(seed, "loyalty"), base.transactions);
  const bonds = sampleBonds(seededRandom(seed, "bonds"), base, loyalty.histories);
  const { survey, offers, basketPrice } = base;
  const analysis = analyze({
    log,
    asOf,
    customers: base.customers,
    interactions: base.interactions,
    efforts: base.efforts,
    subscriptions: base.subscriptions,
    segments: readStoredSegments(),
    books: base.books,
    loyalty,
    relationship: { ...survey, bonds, offers, basketPrice, ourName: shop.name },
  });
  const productNames = new Map(base.products.map(({ id, name }) => [id, name ?? id]));
  return {
    title,
    analysis,
    nameOf: (customerId) => `${names.get(customerId) ?? ""} (${customerId})`,
    productName: (productId) => productNames.get(productId) ?? productId,
    notes: {
      source: "the generated sample",
      rowsRead: base.transactions.length,
      rowsRejected: 0,
      rejectsFile: null,
      ...logNotes(log, asOf),
      alsoRead: [
        `${count(base.customers.length)} customer records, with prospects and suspects who never bought`,
        `${count(base.efforts.length)} marketing efforts of three years`,
        `${counted(new Set(base.subscriptions.map(({ id }) => id)).size, "subscription")} in ${counted(base.subscriptions.length, "phase")}, billed apart from the transactions`,
        `${count(base.interactions.length)} contacts, for the segments by rules`,
        `${counted(loyalty.histories.length, "member")} of the loyalty programme: what they earned, spent and let lapse, ${counted(loyalty.histories.flat().length, "event")}`,
        `a survey in ${counted(survey.waves.length, "wave")}: ${counted(new Set(survey.answers.map(({ respondentId, waveId }) => `${waveId} ${respondentId}`)).size, "questionnaire")} that came back of ${count(survey.waves.reduce((sum, { invitations }) => sum + invitations.length, 0))} sent out`,
        `${counted(offers.length, "offer")} of competitors, and ${counted(bonds.length, "bond")} with customers, each with its evidence`,
        `${count(base.products.length)} products with their prices by the list`,
        `books: the yearly cost of ${counted(base.books.activities.length, "activity", "activities")} of service, the spend on winning customers by source, where ${counted(base.books.sources.size, "customer")} came from, and ${counted(base.books.opportunities.length, "opportunity", "opportunities")} with businesses; invented, as the whole shop is`,
      ],
      findings: [],
      leftOut: [],
      options: [
        ["seed", String(seed)],
        ["as of", asOf],
        ["time zone", shop.timeZone],
        ["currency", shop.currency],
      ],
      versions: versions(),
    },
  };
}

/** Chapters that a file of transactions cannot fill. */
const NOT_IN_A_FILE =
  "A file of transactions holds no loyalty programme, no survey and no bonds: the chapters on members and on what holds customers are left out";

/** What the user's file says; the bad rows of it are in `loaded`. */
export function reportOnFile(
  { asOf: asOfGiven, title }: Command,
  file: FileOptions,
  loaded: LoadedTransactions,
  rejectsFile: string,
): ReportInput {
  const { log, layout, rowsRead, rejected } = loaded;
  if (log.length === 0) throw inputError(`${file.transactions} has no usable rows`);
  const asOf = asOfGiven ?? dayAfterLast(log);
  const notes = logNotes(log, asOf);
  if (notes.rowsAfterAsOf === log.length) {
    throw inputError(`--as-of ${asOf} is before the first transaction: pass a later day, or leave it out`);
  }
  const source = basename(file.transactions);
  return {
    title: title ?? source,
    analysis: analyze({ log, asOf, segments: readStoredSegments() }),
    nameOf: (customerId) => customerId,
    productName: (productId) => productId,
    notes: {
      source,
      rowsRead,
      rowsRejected: rejected,
      rejectsFile: rejected > 0 ? rejectsFile : null,
      ...notes,
      alsoRead: [],
      findings: layout.findings,
      leftOut: [...layout.leftOut, NOT_IN_A_FILE],
      options: [
        ["as of", asOfGiven === undefined ? `${asOf}, the day after the last transaction` : asOf],
        ["time zone of dates without an offset", file.zone],
        ["currency", layout.currency],
        ["refunds that name no purchase", file.unlinkedRefunds === "accept" ? "accepted" : "rejected"],
      ],
      versions: versions(),
    },
  };
}
