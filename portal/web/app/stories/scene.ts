/** Pictures that stand for cameras and screens: drawn, so that nobody's face is in the repository. */

const rooms = [
  ['#d9c7b0', '#b99f7f'],
  ['#b6c9cf', '#7f9ca6'],
  ['#c9d3bd', '#93a583'],
  ['#d6c0c6', '#a98791'],
  ['#c4c3dc', '#8e8cb3'],
  ['#e0d3a8', '#b5a46a'],
] as const;
const skins = ['#f1cfb5', '#d9a57e', '#8d5a3c', '#5e3a28', '#e8b995'] as const;
const hairs = ['#2c211c', '#6b4326', '#b98a4c', '#15161a', '#8b8f96'] as const;
const shirts = ['#2f5d8a', '#7a2f45', '#2e6b57', '#44464f', '#a0682c', '#5b4a8a'] as const;

const pick = <T>(from: readonly T[], index: number): T => from[index % from.length] as T;

/** A stream of somebody who nods a little. */
export function cameraStream(seed: number): MediaStream {
  return moving(1280, 720, (paint, time) => person(paint, seed, Math.sin(time / 900 + seed * 2) * 10));
}

/** A stream of a slide. */
export function screenStream(): MediaStream {
  return moving(1920, 1080, slide);
}

function moving(
  width: number,
  height: number,
  draw: (paint: CanvasRenderingContext2D, time: number) => void,
): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const paint = canvas.getContext('2d');
  if (paint === null) {
    throw new Error('No canvas here.');
  }
  const next = (): void => draw(paint, performance.now());
  next();
  setInterval(next, 100);
  return canvas.captureStream(10);
}

function person(paint: CanvasRenderingContext2D, seed: number, sway: number): void {
  const [light, dark] = pick(rooms, seed);
  const wall = paint.createLinearGradient(0, 0, 1280, 720);
  wall.addColorStop(0, light);
  wall.addColorStop(1, dark);
  paint.fillStyle = wall;
  paint.fillRect(0, 0, 1280, 720);
  paint.fillStyle = 'rgb(255 255 255 / 35%)';
  paint.fillRect(seed % 2 === 0 ? 90 : 950, 90, 240, 330);
  paint.fillStyle = 'rgb(0 0 0 / 12%)';
  paint.fillRect(seed % 2 === 0 ? 960 : 70, 380, 270, 14);
  for (let book = 0; book < 6; book++) {
    paint.fillStyle = pick(shirts, seed + book);
    paint.fillRect(
      (seed % 2 === 0 ? 972 : 82) + book * 38,
      300 - ((book * 37 + seed * 11) % 50),
      28,
      80 + ((book * 37 + seed * 11) % 50),
    );
  }
  const x = 640 + sway;
  ellipse(paint, pick(shirts, seed), 640 + sway / 3, 800, 330, 290);
  if (seed % 2 === 1) {
    ellipse(paint, pick(hairs, seed), x, 370, 178, 230);
  }
  paint.fillStyle = pick(skins, seed * 3 + 1);
  paint.fillRect(x - 52, 440, 104, 130);
  ellipse(paint, pick(skins, seed * 3 + 1), x, 345, 132, 165);
  paint.fillStyle = pick(hairs, seed);
  paint.beginPath();
  paint.ellipse(x, 262, 146, 112, 0, Math.PI, 0);
  paint.ellipse(x, 262, 146, 34, 0, 0, Math.PI);
  paint.fill();
  for (const side of [-1, 1]) {
    ellipse(paint, '#23201e', x + side * 48, 345, 9, 11);
  }
  paint.strokeStyle = 'rgb(60 20 20 / 60%)';
  paint.lineWidth = 7;
  paint.lineCap = 'round';
  paint.beginPath();
  paint.arc(x, 400, 42, 0.25 * Math.PI, 0.75 * Math.PI);
  paint.stroke();
}

function slide(paint: CanvasRenderingContext2D, time: number): void {
  paint.fillStyle = '#ffffff';
  paint.fillRect(0, 0, 1920, 1080);
  paint.fillStyle = '#0b6e69';
  paint.fillRect(0, 0, 1920, 26);
  paint.fillStyle = '#15191d';
  paint.font = '600 76px system-ui, sans-serif';
  paint.fillText('Rooms for the autumn term', 140, 190);
  paint.font = '400 40px system-ui, sans-serif';
  paint.fillStyle = '#535d66';
  paint.fillText('Hours of meetings by weekday', 140, 262);
  const hours = [42, 61, 74, 58, 33];
  ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].forEach((day, index) => {
    const long = (hours[index] ?? 0) * 15 + Math.sin(time / 700 + index) * 6;
    paint.fillStyle = '#15191d';
    paint.fillText(day, 140, 412 + index * 128);
    paint.fillStyle = index === 2 ? '#0b6e69' : '#9ec7c4';
    paint.fillRect(420, 368 + index * 128, long, 62);
  });
}

function ellipse(
  paint: CanvasRenderingContext2D,
  colour: string,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  paint.fillStyle = colour;
  paint.beginPath();
  paint.ellipse(x, y, width, height, 0, 0, 2 * Math.PI);
  paint.fill();
}
