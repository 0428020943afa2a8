import type { Picture } from '../pdf/pdf-reader';

/** A picture as a PDF takes it. */
export interface PackedPicture {
  readonly bytes: Uint8Array;
  readonly space: 'DeviceGray' | 'DeviceRGB';
  readonly bits: 4 | 8;
}

const WHITE = 255;
/** A page of text is white for the most part. */
const OF_TEXT = 0.7;

export function packed(picture: Picture): PackedPicture {
  const { pixels } = picture;
  let white = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at] !== pixels[at + 1] || pixels[at] !== pixels[at + 2]) {
      return { bytes: colours(picture), space: 'DeviceRGB', bits: 8 };
    }
    if (pixels[at] === WHITE) white += 1;
  }
  const isText = white / (pixels.length / 4) > OF_TEXT;
  return isText
    ? { bytes: sixteenths(picture), space: 'DeviceGray', bits: 4 }
    : { bytes: greys(picture), space: 'DeviceGray', bits: 8 };
}

function colours({ width, height, pixels }: Picture): Uint8Array {
  const bytes = new Uint8Array(width * height * 3);
  for (let to = 0, from = 0; to < bytes.length; to += 3, from += 4) {
    bytes[to] = pixels[from + 2] ?? 0;
    bytes[to + 1] = pixels[from + 1] ?? 0;
    bytes[to + 2] = pixels[from] ?? 0;
  }
  return bytes;
}

function greys({ width, height, pixels }: Picture): Uint8Array {
  const bytes = new Uint8Array(width * height);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = pixels[at * 4] ?? 0;
  return bytes;
}

/** Two pixels in a byte; each row begins a byte of its own. */
function sixteenths({ width, height, pixels }: Picture): Uint8Array {
  const row = Math.ceil(width / 2);
  const bytes = new Uint8Array(row * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const shade = Math.round((pixels[(y * width + x) * 4] ?? 0) / 17);
      const at = y * row + (x >> 1);
      bytes[at] = (bytes[at] ?? 0) | (x % 2 === 0 ? shade << 4 : shade);
    }
  }
  return bytes;
}
