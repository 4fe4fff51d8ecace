"""Look at what a browser has drawn, whatever it drew it with: at a picture of the screen."""

# Takes a picture as PNG in base 64 and a selector; returns how many pixels of that element have a colour, and one in
# the middle of a coloured square: in the window's own pixels, counted from the window's corner.
COLOURS = """async ([picture, selector]) => {
  const image = await createImageBitmap(new Blob([Uint8Array.from(atob(picture), (c) => c.charCodeAt(0))]));
  const { x, y, width, height } = document.querySelector(selector).getBoundingClientRect();
  const [wide, high] = [Math.floor(width), Math.floor(height)];
  const context = new OffscreenCanvas(wide, high).getContext('2d');
  context.drawImage(image, -x, -y);
  const { data } = context.getImageData(0, 0, wide, high);
  const flags = new Uint8Array(wide * high);
  for (let at = 0; at < flags.length; at += 1) {
    const some = data.subarray(4 * at, 4 * at + 3);
    flags[at] = Math.max(...some) - Math.min(...some) > 60;
  }
  const steps = [-3, -2, -1, 0, 1, 2, 3];
  const whole = (at) => flags[at] && steps.every((row) => steps.every((step) => flags[at + row * wide + step]));
  const middle = flags.findIndex((flag, at) => at > 3 * wide && whole(at));
  const spot = middle < 0 ? null : [x + (middle % wide), y + Math.floor(middle / wide)];
  return { count: flags.reduce((sum, flag) => sum + flag, 0), spot };
}"""
