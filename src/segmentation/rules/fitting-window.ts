import type { Duration } from "../../core/duration.js";
import type { RuleWindow } from "./rule.js";

/**
 * A window as it must be written in code: of one form, and with a length where it has a duration. What is no such window is
 * `never`; one whose form is only known at run time, such as a {@link RuleWindow}, passes.
 */
export type FittingWindow<Window extends RuleWindow> = Window extends { readonly last: infer Length }
  ? FormOf<Window, "last", Length>
  : Window extends { readonly next: infer Length }
    ? FormOf<Window, "next", Length>
    : Window extends { readonly ago: readonly [infer From, infer To] }
      ? FormOf<Window, "ago", From> & FormOf<Window, "ago", To>
      : Window extends { readonly calendar: unknown }
        ? FormOf<Window, "calendar" | "offset" | "count", Duration>
        : FormOf<Window, "from" | "until", Duration>;

type FormOf<Window, Keys extends string, Length> = [keyof Window] extends [Keys]
  ? [keyof Length] extends [never]
    ? never
    : [keyof Length] extends [keyof Duration]
      ? Window
      : never
  : never;
