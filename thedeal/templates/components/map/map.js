// Draws our own shapes with Leaflet. No tiles: nobody is told where a person looks.

function text(tag, words) {
  const element = document.createElement(tag);
  element.textContent = words;
  return element;
}

function bubble(thing) {
  const box = document.createElement("div");
  const name = text(thing.href ? "a" : "strong", thing.title ?? thing.name ?? "");
  if (thing.href) name.href = thing.href;
  box.append(name);
  if (thing.text) box.append(document.createElement("br"), thing.text);
  return box;
}

function drawGround(L, map, shapes) {
  const style = () => ({ className: "map__ground", interactive: false });
  return L.geoJSON(shapes, { style, interactive: false }).addTo(map);
}

function drawRing(L, map, home, ring) {
  const circle = L.circle([home.lat, home.lon], {
    radius: ring.metres,
    interactive: false,
    className: "map__ring",
  }).addTo(map);
  const top = [circle.getBounds().getNorth(), home.lon];
  const icon = L.divIcon({
    className: "map__ring-label",
    html: text("span", ring.label),
    iconSize: [0, 0],
  });
  L.marker(top, { icon, interactive: false, keyboard: false }).addTo(map);
  return circle;
}

function drawAreas(L, map, areas) {
  const style = (feature) => ({
    className: `map__area map__area--${feature.properties.kind ?? "plain"}`,
  });
  const layer = L.geoJSON(areas, {
    style,
    onEachFeature(feature, shape) {
      const { name, href, label } = feature.properties;
      if (!name) return;
      shape.bindTooltip(name, label
        ? { permanent: true, direction: "center", className: "map__label" }
        : { sticky: true });
      if (href) shape.on("click", () => location.assign(href));
    },
  });
  return layer.addTo(map);
}

function mark(L, place, kind, radius) {
  const at = [place.lat, place.lon];
  if (!place.number) {
    return L.circleMarker(at, { radius, className: `map__place map__place--${kind}` });
  }
  const icon = L.divIcon({
    className: `map__number map__number--${kind}`,
    html: text("span", place.number),
    iconSize: null,
  });
  // the list beside the map is what a keyboard reaches
  return L.marker(at, { icon, keyboard: false, riseOnHover: true });
}

function drawPlace(L, map, place, kind, radius) {
  const spot = mark(L, place, kind, radius);
  spot.bindTooltip(place.title ?? "").bindPopup(bubble(place));
  return spot.on("popupopen", () => spot.closeTooltip()).addTo(map);
}

function fit(L, map, layers) {
  const bounds = L.latLngBounds([]);
  for (const layer of layers) {
    bounds.extend(layer.getBounds ? layer.getBounds() : layer.getLatLng());
  }
  if (bounds.isValid()) map.fitBounds(bounds, { padding: [16, 16], maxZoom: 15 });
}

async function draw(box) {
  await import("../leaflet.js");
  const { L } = globalThis;
  const { areas, places, home, ground, rings } = JSON.parse(
    document.getElementById(box.dataset.from).textContent,
  );
  box.hidden = false;
  const map = L.map(box, {
    attributionControl: false,
    scrollWheelZoom: false,
    zoomSnap: 0.25,
    fadeAnimation: false,
    zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
  });
  // Leaflet cannot place a dot before it knows where it is looking
  map.setView([53.54, -2.6], 11);
  const shapes = areas ? [drawAreas(L, map, areas)] : [];
  if (ground) drawGround(L, map, ground);
  const circles = rings.map((ring) => drawRing(L, map, home, ring));
  const spots = places.map((p) =>
    drawPlace(L, map, p, p.kind ?? "ours", p.kind === "plain" ? 5 : 8));
  if (home) spots.push(drawPlace(L, map, home, "home", 10));
  const named = [circles, spots, shapes].find((layers) => layers.length);
  fit(L, map, named ?? []);
  // the list beside it has every place: nobody should tab through sixty dots, and some
  // browsers stop at whatever listens for the focus, as what has a tooltip does
  for (const path of box.querySelectorAll("path.leaflet-interactive")) {
    path.setAttribute("tabindex", "-1");
  }
}

export function start(scope) {
  for (const box of scope.querySelectorAll("[data-map]")) {
    if (box.dataset.ready) continue;
    box.dataset.ready = "yes";
    draw(box).catch((error) => {
      console.warn("The map could not be drawn.", error);
      box.hidden = true;
    });
  }
}
