// Asks a host for every path of `cases.txt` and compares the answers.
//
// node check.mjs http URL PREFIX         a server that answers at URL, with the site below PREFIX
// node check.mjs azure URL PREFIX        the same, for the program of Azure's own
// node check.mjs netlify FOLDER PREFIX   what Netlify's own parsers read from `_redirects` and `_headers`
// node check.mjs vercel FOLDER PREFIX    what Vercel's own program makes of `vercel.json`
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const [kind, where, prefix = ''] = process.argv.slice(2);
const same = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'strict-origin-when-cross-origin' };
const caches = {
  ask: 'public, max-age=0, must-revalidate',
  hour: 'public, max-age=3600',
  year: 'public, max-age=31536000, immutable',
};

// What a server says: one request over a connection of its own, no redirect followed.
function ask(url) {
  return new Promise((answer, fail) => {
    http.get(url, { agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => (text += part));
      response.on('end', () => answer({ status: response.statusCode, headers: response.headers, text }));
    }).on('error', fail);
  });
}

// The file that a host without rules gives for a path.
function file(folder, url) {
  const name = path.join(folder, decodeURIComponent(url), url.endsWith('/') ? 'index.html' : '');
  return fs.existsSync(name) && !url.startsWith(`${prefix}/_hosts/`) ? 200 : 404;
}

async function netlify(folder) {
  const { parseAllRedirects } = await import('@netlify/redirect-parser');
  const { parseAllHeaders } = await import('@netlify/headers-parser');
  const at = (name) => [path.join(folder, prefix, name)];
  const moved = await parseAllRedirects({ redirectsFiles: at('_redirects'), minimal: false });
  const rules = await parseAllHeaders({ headersFiles: at('_headers'), minimal: false });
  for (const error of [...moved.errors, ...rules.errors]) throw error;
  return (url) => {
    const headers = {};
    for (const rule of rules.headers.filter((rule) => rule.forRegExp.test(url))) {
      for (const [name, value] of Object.entries(rule.values)) headers[name.toLowerCase()] = value;
    }
    // A file at the path comes first, but for a redirect that is forced.
    const to = moved.redirects.find((rule) => rule.from === url && rule.force);
    if (to) return { status: to.status, headers: { ...headers, location: to.to } };
    const status = file(folder, url);
    const missing = moved.redirects.find((rule) => rule.status === 404 && url.startsWith(rule.from.slice(0, -1)));
    const text = status === 404 ? fs.readFileSync(path.join(folder, missing?.to ?? `${prefix}/404.html`), 'utf8') : '';
    return { status, headers, text };
  };
}

async function vercel(folder) {
  const { getTransformedRoutes } = await import('@vercel/routing-utils');
  const { $schema, ...config } = JSON.parse(fs.readFileSync(path.join(folder, prefix, 'vercel.json')));
  const { routes, error } = getTransformedRoutes(config);
  if (error) throw new Error(error.message);
  return (url) => {
    const headers = {};
    for (const route of routes.filter((route) => route.src && new RegExp(route.src).test(url))) {
      const found = Object.entries(route.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
      Object.assign(headers, Object.fromEntries(found));
      if (route.status) return { status: route.status, headers };
    }
    return { status: file(folder, url), headers };
  };
}

const answers = ['http', 'azure'].includes(kind);
const answer = { azure: () => (url) => ask(where + url), http: () => (url) => ask(where + url), netlify: () => netlify(where), vercel: () => vercel(where) };
const host = await answer[kind]();
const cases = fs.readFileSync(new URL('cases.txt', import.meta.url), 'utf8').split('\n');
let count = 0;
let faults = 0;
for (const line of cases.filter((line) => line && !line.startsWith('#'))) {
  const [url, status, location, policy, cache, open, type, lang = '*'] = line.split(/\s+/);
  const found = await host(prefix + url);
  const expect = (what, good, given) => {
    if (!good) {
      faults += 1;
      console.error(`${prefix}${url}: ${what} is ${given}`);
    }
  };
  const { headers } = found;
  expect('the status', found.status === Number(status), found.status);
  if (location !== '-') {
    const to = new URL(headers.location ?? '', 'http://host').pathname;
    expect('the location', to === prefix + location, headers.location);
  }
  const policies = { page: (text) => text?.startsWith("default-src 'none'; script-src 'self'"), sandbox: (text) => text === 'sandbox' };
  // The program of Azure's own answers with nothing of the site where there is nothing.
  if (policy !== '*' && !(kind === 'azure' && status === '404')) {
    const given = headers['content-security-policy'];
    expect('the policy', policies[policy](given), given);
    for (const [name, value] of Object.entries(same)) expect(name, headers[name] === value, headers[name]);
  }
  if (cache !== '*') expect('the cache', headers['cache-control'] === caches[cache], headers['cache-control']);
  if (open !== '*') {
    const given = headers['access-control-allow-origin'];
    expect('the origin', given === (open === 'open' ? '*' : undefined), given);
  }
  // What a host says of itself, without a rule, only the host knows.
  if (type !== '*' && (answers || headers['content-type'])) {
    const given = headers['content-type']?.toLowerCase().replaceAll(' ', '');
    expect('the type', given === type, given);
  }
  // Two hosts have one page for all that is not there, and the program of one of them has none.
  if (lang !== '*' && ['http', 'netlify'].includes(kind)) {
    const given = found.text.match(/<html lang="(.*?)"/)?.[1];
    expect('the language', given === lang, given);
  }
  count += 1;
}
if (faults > 0) process.exit(1);
console.log(`${kind}: ${count} paths as they should be`);
