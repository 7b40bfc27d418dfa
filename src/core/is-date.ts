/** Whether a value is a Date, also one of another realm (a frame, a vm context), which is no `instanceof Date`. @internal */
export function isDate(value: unknown): value is Date {
  return (
    value instanceof Date ||
    (Object.prototype.toString.call(value) === "[object Date]" &&
      typeof (value as Partial<Date>).getTime === "function")
  );
}
