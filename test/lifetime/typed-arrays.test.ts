import { once } from "node:events";
import { MessageChannel } from "node:worker_threads";
import { expect, test } from "vitest";
import { fitBgNbd } from "../../src/lifetime/bg-nbd/fit-bg-nbd.js";
import { expectedTransactions } from "../../src/lifetime/predictions/expected-transactions.js";
import { simulateCustomers } from "../../src/lifetime/predictions/simulate-customers.js";

test("columns go to another thread without a copy, and predictions come back so", async () => {
  const truth = {
    model: "bgNbd",
    parameters: { r: 0.24, alpha: 4.4, a: 0.8, b: 2.4 },
    unit: "week",
  } as const;
  const { x, tx, T } = simulateCustomers(truth, { customers: 500, T: 40, seed: 1 }).columns;
  const here = { x: Float64Array.from(x), tx: Float64Array.from(tx), T: Float64Array.from(T) };
  const { port1, port2 } = new MessageChannel();
  const received = once(port2, "message");
  const fit = fitBgNbd(here, { unit: "week" });
  if (!fit.converged) throw new Error(fit.reason);
  const before = expectedTransactions(fit, here, { horizon: 52 });
  port1.postMessage({ customers: here, model: fit }, [here.x.buffer, here.tx.buffer, here.T.buffer]);
  expect(here.x.length).toBe(0);
  const [there] = (await received) as [{ customers: typeof here; model: typeof fit }];
  const predicted = expectedTransactions(there.model, there.customers, { horizon: 52 });
  expect(predicted).toEqual(before);
  const back = once(port1, "message");
  port2.postMessage(predicted, [predicted.buffer as ArrayBuffer]);
  expect(predicted.length).toBe(0);
  expect((await back)[0]).toEqual(before);
  port1.close();
  port2.close();
});
