// Puts npm packages into a site without a bundler: each module becomes a file of the site, and its
// imports become addresses. A bundler would include the same modules for the same imports.

import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../node_modules/', import.meta.url));
const conditions = ['browser', 'import', 'module', 'default'];

function chosen(target) {
  if (typeof target === 'string' || !target) return target;
  const condition = conditions.find((name) => target[name]);
  return condition && chosen(target[condition]);
}

function file(path) {
  return [path, `${path}.js`, join(path, 'index.js')].find((name) => /\.\w+$/.test(name) && existsSync(name));
}

function about(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

// The file that a package has for browsers instead of this one.
function forBrowsers(path) {
  const [, name] = /^((?:@[^/]+\/)?[^/]+)/.exec(relative(packages, path));
  const folder = join(packages, name);
  const { browser } = about(folder);
  const other = typeof browser === 'object' && browser[`./${relative(folder, path)}`];
  return other ? join(folder, other) : path;
}

function found(specifier, importer) {
  if (specifier.startsWith('.')) return file(join(dirname(importer), specifier));
  const [, name, below] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(specifier);
  const folder = join(packages, name);
  if (!existsSync(folder)) return undefined;
  const { exports, module, main } = about(folder);
  const target = exports && chosen(exports[`.${below}`] ?? (below ? undefined : exports));
  return target ? join(folder, target) : file(join(folder, below || (module ?? main ?? 'index.js')));
}

// The file that an import refers to; undefined if there is none, as for an example in a comment.
function resolve(specifier, importer) {
  const path = found(specifier, importer);
  return path && forBrowsers(path);
}

// Where a module is put. Web servers recognise scripts by .js.
function placeOf(path) {
  return join('modules', relative(packages, path).replace(/\.mjs$/, '.mjs.js'));
}

const imports = /(\bfrom\s*|\bimport\s*\(?\s*)(["'])([^"'\n]+)\2/g;
const requires = /\brequire\((["'])([^"'\n]+)\1\)/g;

// Wraps a CommonJS module as an ECMAScript module.
function wrapped(source, address) {
  const needed = new Map();
  for (const [, , specifier] of source.matchAll(requires)) {
    if (address(specifier)) needed.set(specifier, `needed${needed.size}`);
  }
  const lines = [...needed].map(([specifier, name]) => `import ${name} from '${address(specifier)}';`);
  const table = [...needed].map(([specifier, name]) => `'${specifier}': ${name}`).join(', ');
  return `${lines.join('\n')}
const module = { exports: {} };
(function (exports, require, global) {
${source}
})(module.exports, (name) => ({ ${table} })[name], globalThis);
export default module.exports;
`;
}

const isModule = /^\s*(import|export)\b|[;}]\s*(import|export)\b\s*[{*]/m;

// The content of a module for the site. `address` returns the address of an imported module.
function written(source, path, address) {
  if (path.endsWith('.json')) return source;
  if (!isModule.test(source)) return wrapped(source, address);
  return source.replace(imports, (all, before, quote, specifier) => {
    const target = address(specifier);
    return target ? `${before}${quote}${target}${quote}` : all;
  });
}

// Returns the script with addresses instead of the packages that it imports. Writes the imported
// modules, and the modules that those import, to `htdocs`/modules.
export async function link(source, htdocs) {
  const placed = new Set();

  async function add(text, path) {
    const needed = [];
    const result = written(text, path, (specifier) => {
      const target = resolve(specifier, path);
      if (!target) return undefined;
      needed.push(target);
      return `/${placeOf(target)}`;
    });
    for (const target of needed) {
      if (placed.has(target)) continue;
      placed.add(target);
      const out = join(htdocs, placeOf(target));
      await mkdir(dirname(out), { recursive: true });
      await writeFile(out, await add(readFileSync(target, 'utf8'), target));
    }
    return result;
  }

  return add(source, join(packages, 'the page.mjs'));
}
