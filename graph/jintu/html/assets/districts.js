// Communities as districts on the map of a large graph: a disc each, named after its most important entity.

const TOWN = 12; // entities that make a community worth a name

function districts() {
  const found = new Map();
  for (const place of byRank) {
    const { community } = graph.nodes[place];
    if (!found.has(community)) found.set(community, []);
    found.get(community).push(place);
  }
  return [...found.values()].filter((members) => members.length >= TOWN).map(district);
}

// Most of its members stand in the disc; a few strays do not make it wide.
function district(members) {
  const spots = members.map((place) => graph.nodes[place]);
  const middle = (axis) => spots.reduce((sum, spot) => sum + spot[axis], 0) / spots.length;
  const [x, y] = [middle("x"), middle("y")];
  const reach = spots.map((spot) => Math.hypot(spot.x - x, spot.y - y)).sort((a, b) => a - b);
  return { first: members[0], count: members.length, x, y, reach: reach[Math.floor(reach.length * 0.95)] };
}

function drawDistricts(context, view, towns) {
  context.fillStyle = colour("surface");
  context.strokeStyle = colour("line");
  context.lineWidth = 1;
  for (const { x, y, reach } of towns) {
    context.beginPath();
    context.arc(...view.at(x, y), view.length(reach) + 6, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}

function nameDistricts(context, view, towns, labels) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  font(context, true, 14);
  for (const { first, count, x, y, reach } of towns) {
    const text = `${shortLabel[first]} 等 ${count} 个`;
    const half = context.measureText(text).width / 2 + 4;
    const [cx, cy] = view.at(x, y);
    const box = [cx - half, cy - 11, cx + half, cy + 11];
    if (view.length(reach) < 8 || !labels.free(box)) continue;
    labels.add(box);
    write(context, text, cx, cy, colour("ink"));
  }
}
