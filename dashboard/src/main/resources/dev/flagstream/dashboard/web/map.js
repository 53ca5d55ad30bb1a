// The earth, flat: degrees are units. Land is Natural Earth's, which is in the public domain.
import {svg} from "/files/ui.js";

export function map(label) {
  const dots = svg("g", {});
  const picture = svg("svg", {class: "map", viewBox: "-180 -84 360 144", role: "img", "aria-label": label},
    svg("use", {href: "/files/land.svg#land", class: "land"}), dots);
  return {picture, dots};
}

export function dot(place, title, kind, radius = 2) {
  return svg("circle", {cx: place.lon, cy: -place.lat, r: radius, class: kind}, svg("title", {}, title));
}
