/**
 * Worked by hand, as of 2024-01-01: ani and budi bought in 2023, citra and dewi in 2022, ani in both years.
 * Revenue of 2023: 300.50 + 100.00 - 20.00; of both years 230.25 + 50 + 80 more.
 */
export const SHOP = `order_id,customer_id,order_date,total,refund_of
T1,ani,2022-03-01,230.25,
T2,citra,2022-05-01,50.00,
T3,dewi,2022-06-01,80.00,
T4,ani,2023-02-01,300.50,
T5,budi,2023-12-31,100.00,
T6,budi,2023-12-31,-20.00,T5
T7,ani,2023-06-01,0.00,
`;

/** Reads it from `shop.csv`. */
export const ARGS = ["--transactions", "shop.csv", "--currency", "USD"];
