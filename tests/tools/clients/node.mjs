// Sends one form with one of the HTTP clients for Node.js. Usage and exit status: see python.py.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import http from 'node:http';
import { once } from 'node:events';

// The packages are in the working directory's node_modules.
const require = createRequire(`${process.cwd()}/`);
const load = async (name) => import(require.resolve(name));

const [client, url, ...rest] = process.argv.slice(2);
const entries = [];
for (let i = 0; i < rest.length; i += 5) {
  const [kind, name, filename, type, path] = rest.slice(i, i + 5);
  entries.push({ kind, name, filename, type, content: readFileSync(path) });
}

function cannot(why) {
  process.stderr.write(why);
  process.exit(3);
}

// The FormData of browsers, as Node and several packages have it.
function filled(form, Blob) {
  for (const { kind, name, filename, type, content } of entries) {
    if (kind === 'typed') cannot('FormData gives every part with a type a file name');
    if (kind === 'field') form.append(name, content.toString());
    else form.append(name, new Blob([content], { type }), filename);
  }
  return form;
}

// The package form-data, of any version.
function classic(FormData) {
  const form = new FormData();
  for (const { kind, name, filename, type, content } of entries) {
    if (kind === 'field') form.append(name, content.toString());
    else if (kind === 'typed') form.append(name, content, { contentType: type });
    else form.append(name, content, type ? { filename, contentType: type } : { filename });
  }
  return form;
}

// request and needle take an object: one value for a name, or an array of them.
function grouped(shape) {
  const object = {};
  for (const each of entries) {
    const value = each.kind === 'field' ? each.content.toString() : shape(each);
    if (!(each.name in object)) object[each.name] = value;
    else object[each.name] = [object[each.name], value].flat();
  }
  return object;
}

const clients = {
  'node-fetch-builtin': () => fetch(url, { method: 'POST', body: filled(new FormData(), Blob) }),
  undici: async () => {
    const undici = await load('undici');
    return undici.fetch(url, { method: 'POST', body: filled(new undici.FormData(), Blob) });
  },
  axios: async () => (await load('axios')).default.post(url, filled(new FormData(), Blob)),
  'axios-form-data': async () =>
    (await load('axios')).default.post(url, classic(require('form-data'))),
  'form-data': async () => {
    const form = classic(require('form-data'));
    const request = http.request(url, { method: 'POST', headers: form.getHeaders() });
    form.pipe(request);
    const [response] = await once(request, 'response');
    response.resume();
  },
  got: async () => (await load('got')).default.post(url, { body: filled(new FormData(), Blob) }),
  'node-fetch': async () => {
    const { default: send, FormData, Blob } = await load('node-fetch');
    return send(url, { method: 'POST', body: filled(new FormData(), Blob) });
  },
  superagent: async () => {
    const request = require('superagent').post(url);
    for (const { kind, name, filename, type, content } of entries) {
      if (kind === 'typed') cannot('field() takes no type');
      if (kind === 'field') request.field(name, content.toString());
      else request.attach(name, content, type ? { filename, contentType: type } : { filename });
    }
    return request;
  },
  needle: async () => {
    if (entries.some(({ kind }) => kind === 'typed')) cannot('every buffer gets a file name');
    const repeated = new Set(entries.map(({ name }) => name)).size < entries.length;
    if (repeated) cannot('an array of files is sent as fields');
    const data = grouped(({ filename, type, content }) => ({
      buffer: content, filename, content_type: type || 'application/octet-stream',
    }));
    return require('needle')('post', url, data, { multipart: true });
  },
  request: () => new Promise((resolve, reject) => {
    const formData = grouped(({ kind, filename, type, content }) => ({
      value: content,
      options: { ...(kind === 'file' && { filename }), ...(type && { contentType: type }) },
    }));
    require('request').post({ url, formData }, (error) => (error ? reject(error) : resolve()));
  }),
};

await clients[client]();
