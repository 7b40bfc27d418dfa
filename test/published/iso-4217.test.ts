import { describe, expect, it } from "vitest";
import { minorUnitDigits } from "../../src/core/currency.js";

// ISO 4217, list one (current currencies and funds), the column "Minor unit", from the maintenance agency SIX
// (as republished in https://github.com/datasets/currency-codes, data/codes-all.csv). "-" is "N.A." in the standard.
const MINOR_UNITS: Record<string, string> = {
  "0": "XOF BIF XAF CLP KMF DJF XPF GNF ISK JPY KRW PYG RWF UGX UYI VUV VND",
  "2": `AFN EUR ALL DZD USD AOA XCD ARS AMD AWG AUD AZN BSD BDT BBD BYN BZD BMD INR BTN BOB BOV BAM BWP NOK BRL BND
    BGN CVE KHR CAD KYD CNY COP COU CDF NZD CRC CUP XCG CZK DKK DOP EGP SVC ERN SZL ETB FKP FJD GMD GEL GHS GIP GTQ
    GBP GYD HTG HNL HKD HUF IDR IRR ILS JMD KZT KES KPW KGS LAK LBP LSL ZAR LRD CHF MOP MKD MGA MWK MYR MVR MRU MUR
    MXN MXV MDL MNT MAD MZN MMK NAD NPR NIO NGN PKR PAB PGK PEN PHP PLN QAR RON RUB SHP WST STN SAR RSD SCR SLE SGD
    SBD SOS SSP LKR SDG SRD SEK CHE CHW SYP TWD TJS TZS THB TOP TTD TRY TMT UAH AED USN UYU UZS VES VED YER ZMW ZWG`,
  "3": "BHD IQD JOD KWD LYD OMR TND",
  "4": "CLF UYW",
  "-": "XDR XUA XSU XBA XBB XBC XBD XTS XXX XAU XPD XPT XAG",
};

describe("minorUnitDigits", () => {
  it.each(Object.entries(MINOR_UNITS))(
    "is %s for the codes that ISO 4217 lists so (none: whole units)",
    (digits, codes) => {
      const list = codes.split(/\s+/);
      expect(list.filter((code) => minorUnitDigits(code) !== (digits === "-" ? 0 : Number(digits)))).toEqual(
        [],
      );
    },
  );
});
