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

function drawPlace(L, map, place, kind, radius) {
  const spot = L.circleMarker([place.lat, place.lon], {
    radius,
    className: `map__place map__place--${kind}`,
  });
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
  const { areas, places, home } = JSON.parse(
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
  const spots = places.map((p) => drawPlace(L, map, p, p.kind ?? "ours", 8));
  if (home) spots.push(drawPlace(L, map, home, "home", 10));
  fit(L, map, spots.length ? spots : shapes);
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
