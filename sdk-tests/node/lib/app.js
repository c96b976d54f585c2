// A small app without a framework: answers webhooks, and believes none whose signature the SDK does not confirm.
import { createServer } from 'node:http';
import twilio from './sdk.js';

const waitLimit = 20_000;

/** Starts an app on a free port. */
export async function startApp() {
  const routes = new Map();
  const tokens = new Map();
  const requests = [];
  const refused = [];
  let waiting = [];

  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url, `http://${request.headers.host}`);
    const form = formOf(Buffer.concat(chunks).toString('utf8'));
    const params = request.method === 'POST' ? form : formOf(url.search.slice(1));
    const seen = { method: request.method, path: url.pathname, query: url.search, params, headers: request.headers };

    const token = tokens.get(params.AccountSid) ?? '';
    const isSigned = twilio.validateRequest(token, request.headers['x-twilio-signature'] ?? '', `http://${request.headers.host}${request.url}`, request.method === 'POST' ? form : {});
    if (!isSigned) {
      refused.push(seen);
      response.writeHead(403).end();
      return;
    }
    requests.push(seen);
    waiting = waiting.filter((wait) => !wait());
    const route = routes.get(url.pathname);
    const answer = route ? await route(params, seen) : { status: 404, body: `nothing at ${url.pathname}` };
    const { status = 200, type = 'text/xml', body = '', headers = {} } = typeof answer === 'object' && !answer?.toString().startsWith('<') ? answer : { body: answer?.toString() ?? '' };
    response.writeHead(status, { ...(body ? { 'content-type': type } : {}), 'content-length': Buffer.byteLength(body), ...headers }).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    requests,
    refused,
    /** Believes what is signed with an account's token. */
    trust: (accountSid, token) => tokens.set(accountSid, token),
    /** Answers a path: TwiML (an SDK builder or text), or {status, type, body, headers}. */
    on: (path, answer) => routes.set(path, answer),
    /** Requests to a path so far. */
    at: (path) => requests.filter((r) => r.path === path),
    /** Waits for a number of requests to a path. */
    until: (path, count = 1) => new Promise((resolve, reject) => {
      const arrived = () => {
        const found = requests.filter((r) => r.path === path);
        if (found.length < count) return false;
        clearTimeout(limit);
        resolve(found);
        return true;
      };
      const limit = setTimeout(() => {
        const seen = requests.map((r) => `${r.method} ${r.path}`).join(', ') || 'nothing';
        reject(new Error(`${count} requests to ${path} did not come; came: ${seen}; refused: ${refused.length}`));
      }, waitLimit);
      if (!arrived()) waiting.push(arrived);
    }),
    stop: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }),
  };
}

/** A form as frameworks read it: a repeated name becomes a list. */
function formOf(text) {
  const form = {};
  for (const [name, value] of new URLSearchParams(text)) form[name] = name in form ? [].concat(form[name], value) : value;
  return form;
}
