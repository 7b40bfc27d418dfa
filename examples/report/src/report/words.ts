/** How the layers of the pyramid are called in the report. */
const layerNames: Readonly<Record<string, string>> = {
  top: "Top 1%",
  large: "Large (next 4%)",
  medium: "Medium (next 15%)",
  small: "Small (the other 80%)",
  inactive: "Inactive",
  prospect: "Prospects",
  suspect: "Suspects",
  restOfWorld: "Rest of world",
  unknown: "Not on file",
};

/** `Top 1%` for `top`; a name that the report does not know as it is. */
export function layerName(layer: string): string {
  return layerNames[layer] ?? layer;
}

/** `top` for `Top 1%`: the first word, where there is little room. */
export function shortLayerName(layer: string): string {
  return layerName(layer).replace(/ \(.*| 1%/, "");
}
