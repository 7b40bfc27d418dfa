/** What one customer did: events by kind, each a plain record with its instant `at`; in any order. */
export type CustomerEvents = Readonly<Record<string, readonly object[]>>;
