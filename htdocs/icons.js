// What stands before a file's name: the image itself, or a picture of its kind with its ending.

const kinds = [
  ['image', /^image\//],
  ['video', /^video\//],
  ['audio', /^audio\//],
  ['archive', /zip|x-tar|gzip|x-7z|x-rar|x-xz|bzip/],
  ['table', /spreadsheet|excel|csv/],
  ['document', /^text\/|pdf|word|opendocument|rtf|presentation|json|xml/],
];

const largest = 30e6;  // bytes: the browser decodes the whole image for its preview
const drawn = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/svg+xml'];

// Undefined where the browser could not show it.
export function preview(file) {
  if (!drawn.includes(file.type) || file.size > largest) return undefined;
  const image = document.createElement('img');
  image.className = 'picture';
  image.alt = '';
  image.decoding = 'async';
  image.src = URL.createObjectURL(file);
  image.addEventListener('load', () => URL.revokeObjectURL(image.src));
  image.addEventListener('error', () => {
    URL.revokeObjectURL(image.src);
    image.replaceWith(icon(file));
  });
  return image;
}

export function icon(file) {
  const kind = kinds.find(([, types]) => types.test(file.type))?.[0] ?? 'file';
  const ending = /\.(\w{1,4})$/.exec(file.name)?.[1] ?? '';
  const box = document.createElement('span');
  box.className = 'picture icon';
  box.dataset.kind = kind;
  box.setAttribute('aria-hidden', 'true');
  box.textContent = ending;
  return box;
}
