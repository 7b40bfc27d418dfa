import { type LoyaltyCommand, seededRandom } from "clientele";

/** One thing that a worker does: a command to an account, or a transfer between two. */
export type Operation =
  | { readonly kind: "command"; readonly accountId: string; readonly command: LoyaltyCommand }
  | {
      readonly kind: "transfer";
      readonly from: string;
      readonly to: string;
      readonly request: {
        readonly key: string;
        readonly transferId: string;
        readonly at: number;
        readonly points: number;
      };
    };

const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;

export function accountIds(accounts: number): readonly string[] {
  return Array.from({ length: accounts }, (_, i) => `A-${i}`);
}

export function enrollment(accountId: string): LoyaltyCommand {
  return { type: "enroll", key: `enroll-${accountId}`, at: START, memberId: `member of ${accountId}` };
}

/** The operations of one worker: the same for the same seed, so that a worker that was killed takes them up again. */
export function operationsOf(worker: number, count: number, accounts: number): readonly Operation[] {
  const draw = seededRandom(1000 + worker);
  const whole = (below: number) => Math.floor(draw() * below);
  const ids = accountIds(accounts);
  const account = () => ids[whole(ids.length)] ?? "A-0";
  const lastIds: { order?: string; hold?: string; redemption?: string; accountId: string }[] = [];

  return Array.from({ length: count }, (_, i): Operation => {
    const key = `w${worker}-${i}`;
    // Each worker has a clock of its own: commands arrive late at accounts that others were faster at.
    const at = START + (i + 1) * 30 * MINUTE + worker * MINUTE;
    const command = (accountId: string, made: LoyaltyCommand): Operation => ({
      kind: "command",
      accountId,
      command: made,
    });
    const kind = draw();
    const past = lastIds[whole(lastIds.length)];
    if (kind < 0.4 || past === undefined) {
      const accountId = account();
      lastIds.push({ order: key, accountId });
      const lines = [
        { lineId: "1", category: "wine", quantity: 2, amount: 1000 + whole(9000) },
        { lineId: "2", category: "bread", amount: whole(2000) },
      ];
      return command(accountId, { type: "earn", key, at, orderId: key, lines });
    }
    if (kind < 0.55) {
      const accountId = account();
      lastIds.push({ redemption: key, accountId });
      return command(accountId, { type: "redeem", key, at, redemptionId: key, points: 10 + whole(80) });
    }
    if (kind < 0.65) {
      const accountId = account();
      lastIds.push({ hold: key, accountId });
      return command(accountId, { type: "authorize", key, at, holdId: key, points: 1 + whole(60) });
    }
    if (kind < 0.75) {
      const points = 1 + whole(60);
      return {
        kind: "transfer",
        from: account(),
        to: account(),
        request: { key, transferId: key, at, points },
      };
    }
    const { accountId, order, hold, redemption } = past;
    if (hold !== undefined) {
      return command(
        accountId,
        kind < 0.9 ? { type: "capture", key, at, holdId: hold } : { type: "void", key, at, holdId: hold },
      );
    }
    if (redemption !== undefined) {
      return command(accountId, { type: "reverseRedemption", key, at, redemptionId: redemption });
    }
    const lines = [{ lineId: "1", quantity: 1 }];
    return command(accountId, { type: "clawBack", key, at, orderId: order ?? key, lines });
  });
}
