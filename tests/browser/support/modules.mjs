// Packages from npm as a browser takes them, without a bundler: each module is a file of the site,
// and its imports are addresses. This is done here so that the tests need no bundler; what a bundler
// does with the same imports has the same modules in it.

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

// What a package has for browsers in a file's place.
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

// The file that an import means; undefined where there is none, as for an example in a comment.
function resolve(specifier, importer) {
  const path = found(specifier, importer);
  return path && forBrowsers(path);
}

// Where it is put: web servers know scripts by .js.
function placeOf(path) {
  return join('modules', relative(packages, path).replace(/\.mjs$/, '.mjs.js'));
}

const imports = /(\bfrom\s*|\bimport\s*\(?\s*)(["'])([^"'\n]+)\2/g;
const requires = /\brequire\((["'])([^"'\n]+)\1\)/g;

// A module of CommonJS in the clothes of one of ECMAScript.
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

// What a file becomes, where `address` gives those of the modules that it names.
function written(source, path, address) {
  if (path.endsWith('.json')) return source;
  if (!isModule.test(source)) return wrapped(source, address);
  return source.replace(imports, (all, before, quote, specifier) => {
    const target = address(specifier);
    return target ? `${before}${quote}${target}${quote}` : all;
  });
}

// A script with addresses in place of the packages that it imports. What it imports, and what that
// does, is written to `htdocs`/modules.
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
