// Pages with upload widgets: makes them from the recipes in WIDGETS.md and puts them into a site.

import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { link } from './modules.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));
const recipes = join(here, '../../WIDGETS.md');

// The HTML and the script below a recipe's heading.
async function recipe(name) {
  const text = await readFile(recipes, 'utf8');
  const [, section] = text.split(`\n## ${name}\n`);
  if (!section) throw new Error(`no recipe for ${name}`);
  const block = (language) => new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(section)[1];
  return { html: block('html'), script: block('js') };
}

const sheets = {
  Uppy: ['@uppy/core/dist/style.min.css', '@uppy/dashboard/dist/style.min.css'],
  Dropzone: ['dropzone/dist/dropzone.css'],
  FilePond: ['filepond/dist/filepond.min.css'],
};

async function write(site, name, text) {
  const out = join(site.htdocs, name);
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, text);
}

// Puts the page of a widget into a site. Returns its path.
export async function place(site, name) {
  const { html, script } = await recipe(name);
  const links = [];
  for (const sheet of sheets[name] ?? []) {
    const out = join(site.htdocs, 'modules', sheet);
    await mkdir(dirname(out), { recursive: true });
    await copyFile(join(here, 'node_modules', sheet), out);
    links.push(`<link rel="stylesheet" href="/modules/${sheet}">`);
  }
  await write(site, `widgets/${name}.js`, await link(script, site.htdocs));
  await write(site, `widgets/${name}.html`, `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>${name}</title>
<link rel="icon" href="/icon.svg">
${links.join('\n')}
${html}
<script type="module" src="${name}.js"></script>
</html>
`);
  return `widgets/${name}.html`;
}
