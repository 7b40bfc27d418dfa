import type { RuleLabel } from "./rule-labels.js";

/** Names for people of a kind of event, its fields, and the texts that these may be. @internal */
export interface OwnEvents {
  readonly words: Readonly<Record<"en" | "id", { readonly one: string; readonly many: string }>>;
  readonly fields: Readonly<Record<string, RuleLabel>>;
  readonly choices: Readonly<Record<string, Readonly<Record<string, RuleLabel>>>>;
}

const CHANNELS: Readonly<Record<string, RuleLabel>> = {
  phone: { en: "phone", id: "telepon" },
  fax: { en: "fax", id: "faks" },
  email: { en: "email", id: "email" },
  web: { en: "web", id: "web" },
  store: { en: "store", id: "toko" },
  faceToFace: { en: "face to face", id: "tatap muka" },
  sms: { en: "SMS", id: "SMS" },
  mail: { en: "mail", id: "surat" },
  callCenter: { en: "call center", id: "pusat panggilan" },
  app: { en: "app", id: "aplikasi" },
  social: { en: "social media", id: "media sosial" },
  other: { en: "other", id: "lainnya" },
};

/** What the events that this library knows are called, unless the fields of a rule say otherwise. @internal */
export const OWN_EVENTS: Readonly<Record<string, OwnEvents>> = {
  transactions: {
    words: {
      en: { one: "transaction", many: "transactions" },
      id: { one: "transaksi", many: "transaksi" },
    },
    fields: {
      amount: { en: "amount", id: "nilai" },
      cost: { en: "cost", id: "biaya" },
      quantity: { en: "quantity", id: "kuantitas" },
      productId: { en: "product", id: "produk" },
      channel: { en: "channel", id: "saluran" },
      type: { en: "type", id: "jenis" },
    },
    choices: {
      type: {
        purchase: { en: "purchase", id: "pembelian" },
        refund: { en: "refund", id: "pengembalian dana" },
      },
      channel: CHANNELS,
    },
  },
  interactions: {
    words: {
      en: { one: "interaction", many: "interactions" },
      id: { one: "interaksi", many: "interaksi" },
    },
    fields: {
      channel: { en: "channel", id: "saluran" },
      direction: { en: "direction", id: "arah" },
      planned: { en: "planned", id: "terencana" },
      purpose: { en: "purpose", id: "tujuan" },
      department: { en: "department", id: "bagian" },
      staffId: { en: "staff member", id: "petugas" },
      outcome: { en: "outcome", id: "hasil" },
      visibility: { en: "visibility", id: "keterlihatan" },
    },
    choices: {
      channel: CHANNELS,
      direction: {
        inbound: { en: "from the customer", id: "dari pelanggan" },
        outbound: { en: "to the customer", id: "kepada pelanggan" },
      },
      visibility: {
        company: { en: "company", id: "perusahaan" },
        department: { en: "department", id: "bagian" },
        staff: { en: "staff", id: "petugas" },
      },
    },
  },
};
