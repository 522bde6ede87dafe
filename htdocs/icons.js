// The picture in front of a file's name: the image itself, or an icon with the file's extension.

const kinds = [
  ['image', /^image\//],
  ['video', /^video\//],
  ['audio', /^audio\//],
  ['archive', /zip|x-tar|gzip|x-7z|x-rar|x-xz|bzip/],
  ['table', /spreadsheet|excel|csv/],
  ['document', /^text\/|pdf|word|opendocument|rtf|presentation|json|xml/],
];

const largest = 30e6;  // bytes
const drawn = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'];
const edge = 96;  // pixels: twice the displayed size, for high-resolution screens

// Draws the image, cropped to a square.
async function draw(file) {
  const bitmap = await createImageBitmap(file, { resizeHeight: edge, resizeQuality: 'medium' });
  const canvas = Object.assign(document.createElement('canvas'), { width: edge, height: edge });
  canvas.className = 'picture';
  const scale = Math.max(1, edge / bitmap.width);
  const [width, height] = [bitmap.width * scale, bitmap.height * scale];
  canvas.getContext('2d').drawImage(bitmap, (edge - width) / 2, (edge - height) / 2, width, height);
  bitmap.close();
  return canvas;
}

function icon(file) {
  const kind = kinds.find(([, types]) => types.test(file.type))?.[0] ?? 'file';
  const ending = /\.(\w{1,4})$/.exec(file.name)?.[1] ?? '';
  const box = document.createElement('span');
  box.className = 'picture icon';
  box.dataset.kind = kind;
  box.textContent = ending;
  return box;
}

// One image at a time, because decoding needs memory for all pixels of the image.
let last = Promise.resolve();

// Returns the element for a file's row. It shows the icon, and then the image as soon as it is drawn.
// If the browser cannot draw the image, the icon stays.
export function picture(file) {
  const box = document.createElement('span');
  box.setAttribute('aria-hidden', 'true');
  box.append(icon(file));
  if (drawn.includes(file.type) && file.size <= largest) {
    last = last.then(async () => {
      if (box.isConnected) box.replaceChildren(await draw(file));
    }).catch(() => {});
  }
  return box;
}
