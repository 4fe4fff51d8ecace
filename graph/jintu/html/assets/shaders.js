// How the graphics card draws a node: a point, and in it the shape of its kind. Points are one vertex each; triangles
// that are drawn as instances, as sigma's own, cost a drawing without a graphics card four fifths of its speed.

const VERTEX = `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_pixelRatio;
varying vec4 v_color;
varying float v_shape;
varying float v_pixel;

void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  float radius = a_size / u_sizeRatio * u_pixelRatio;
  gl_PointSize = 2.0 * 1.25 * radius;
  v_shape = a_shape;
  v_pixel = 1.0 / radius;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`;

// The outlines of base.js as distances, in their order.
const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying float v_shape;
varying float v_pixel;

float triangle(vec2 p) { return max(abs(p.x) * 0.866 + p.y * 0.5, -p.y) - 0.55; }

float outline(vec2 p) {
  vec2 q = abs(p);
  if (v_shape < 0.5) return length(p) - 0.9;
  if (v_shape < 1.5) return max(q.x, q.y) - 0.8;
  if (v_shape < 2.5) return (q.x + q.y - 1.1) * 0.707;
  if (v_shape < 3.5) return max(q.y, q.x * 0.866 + q.y * 0.5) - 0.87;
  if (v_shape < 4.5) return length(p) - 0.72 - 0.3 * cos(5.0 * atan(p.x, p.y));
  if (v_shape < 5.5) return triangle(p);
  if (v_shape < 6.5) return triangle(-p);
  return max(q.x - 1.0, q.y - 0.65);
}

void main() {
  float distance = outline(vec2(2.5, -2.5) * (gl_PointCoord - 0.5));
  #ifdef PICKING_MODE
  if (distance > v_pixel) discard;
  gl_FragColor = v_color;
  #else
  gl_FragColor = v_color * (1.0 - smoothstep(-v_pixel, 0.0, distance));
  #endif
}`;
