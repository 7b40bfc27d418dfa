import type { PointPosting } from "../ledger/event-parts.js";
import { type BookingNames, type DescribedEvent, hasPoints } from "./booking-names.js";

/** A line of a statement in Indonesian. @internal */
export function indonesianBookings(
  event: DescribedEvent,
  postings: readonly PointPosting[],
  names: BookingNames,
): string {
  const { points, some, moved, money, day, tier, reward, rule } = names;
  const repaid = moved(postings, "arrears", 1);
  const also = hasPoints(repaid) ? `, ${points(repaid)} di antaranya melunasi utang poin` : "";
  const lapsed = moved(postings, "expired", 1);
  const over = hasPoints(lapsed) ? `, ${points(lapsed)} di antaranya sudah hangus` : "";
  const worth = (amount: number | null) => (amount === null ? "" : `, senilai ${money(amount)}`);
  switch (event.type) {
    case "enrolled":
      return `${event.memberId} bergabung`;
    case "earned": {
      const earned = moved(postings, "issued", -1);
      const what = event.lines.length > 0 ? "Pesanan" : "Kegiatan";
      if (!hasPoints(earned)) return `${what} ${event.orderId}: tanpa poin`;
      const rules = new Set(event.lots.flatMap((lot) => lot.rules ?? []).map(({ ruleId }) => rule(ruleId)));
      const by = rules.size === 0 ? "" : ` (${[...rules].join(", ")})`;
      const waiting = moved(postings, "pending", 1);
      const starts = event.lots.filter(({ activeAt }) => activeAt > event.at).map(({ activeAt }) => activeAt);
      const later =
        hasPoints(waiting) && starts.length > 0
          ? `, ${points(waiting)} di antaranya berlaku mulai ${day(Math.min(...starts))}`
          : "";
      return `${what} ${event.orderId}: ${points(earned)} diperoleh${by}${later}${also}`;
    }
    case "activated":
      return `${points(moved(postings, "pending", -1))} mulai berlaku${also}`;
    case "expired":
      return `${points(lapsed)} hangus`;
    case "adjusted":
      return `${some(Math.abs(event.points), event.pointType)} ${event.points > 0 ? "ditambahkan" : "dikurangi"} oleh ${event.actor}: ${event.reason}${also}`;
    case "authorized":
      return `Penahanan ${event.holdId}: ${some(event.points, event.pointType)} ditahan${event.until === null ? "" : ` sampai ${day(event.until)}`}`;
    case "captured": {
      const rest = event.released.reduce((sum, part) => sum + part.points, 0);
      const back = rest > 0 ? `, ${some(rest, event.pointType)} dilepas` : "";
      const on = event.orderId === null ? "" : ` pada pesanan ${event.orderId}`;
      return `Penahanan ${event.holdId}: ${some(event.points, event.pointType)} dipakai${worth(event.amount)}${on}${back}${over}${also}`;
    }
    case "voided":
      return `Penahanan ${event.holdId} ${event.reason === "timeout" ? "berakhir" : "dibatalkan"}: ${some(event.points, event.pointType)} dilepas${over}${also}`;
    case "redeemed": {
      const { rewardId, amount, cash, orderId } = event;
      const price = cash > 0 ? ` dan ${money(cash)}` : "";
      const on = orderId === null ? "" : ` pada pesanan ${orderId}`;
      const use = rewardId !== null ? ` untuk ${reward(rewardId)}` : worth(amount);
      return `Penukaran ${event.redemptionId}: ${some(event.points, event.pointType)}${price} dipakai${use}${on}`;
    }
    case "redemptionReversed":
      return `Penukaran ${event.redemptionId}: ${some(event.points, event.pointType)} dikembalikan${worth(event.amount)}${over}${also}`;
    case "clawedBack": {
      const owed = hasPoints(event.arrears) ? `, ${points(event.arrears)} di antaranya menjadi utang` : "";
      const lost = hasPoints(event.unrecovered) ? `, ${points(event.unrecovered)} tidak tertagih` : "";
      const taken = moved(postings, "clawedBack", 1);
      return `Pengembalian pesanan ${event.orderId}: ${hasPoints(taken) ? `${points(taken)} ditarik kembali` : "tidak ada poin yang ditarik"}${owed}${lost}`;
    }
    case "transferredOut":
      return `Transfer ${event.transferId}: ${points(moved(postings, "transferred", 1))} dikirim ke ${event.to}`;
    case "transferredIn":
      return `Transfer ${event.transferId}: ${points(moved(postings, "transferred", -1))} diterima dari ${event.from}${also}`;
    case "tierChanged": {
      const { floor, until: end } = event.standing;
      const now = tier(event.standing.tier) ?? "tidak ada";
      const changed =
        event.standing.tier === event.from ? "" : `${tier(event.from) ?? "tidak ada"} menjadi ${now}`;
      if (event.cause === "manual") {
        const why = `${event.actor}: ${event.reason}`;
        const after = changed === "" ? "" : `; ${changed}`;
        if (floor === null) return `Tingkat pemberian dicabut (${why})${after}`;
        const last = floor.until === null ? "" : ` sampai ${day(floor.until)}`;
        return `Tingkat ${tier(floor.tier)} diberikan${last} (${why})${after}`;
      }
      const until = end === null ? "" : ` sampai ${day(end)}`;
      return changed === "" ? `Tingkat tetap ${now}${until}` : `Tingkat ${changed}${until}`;
    }
    case "reallocated":
      return `Dialokasikan ulang setelah kedatangan terlambat: ${event.debits.map(({ debitId }) => debitId).join(", ")}`;
    case "membersChanged":
      return event.memberIds.length === 0
        ? "Tidak ada orang lain lagi yang memakai akun ini"
        : `Akun ini dipakai bersama ${event.memberIds.join(", ")}`;
    case "closed":
      return `Akun ditutup oleh ${event.actor}: ${event.reason}${hasPoints(lapsed) ? `; ${points(lapsed)} hangus` : ""}${event.into === undefined ? "" : `; digabung ke ${event.into}`}`;
  }
}
