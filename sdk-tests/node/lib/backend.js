// A backend that believes what one account signed, as apps check it that use no SDK: by themselves, over a form or over JSON.
import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';

const paired = (params) => Object.keys(params).sort().map((name) => name + params[name]).join('');

function signatureOf(token, url, isJson, body, params) {
  const signed = new URL(url);
  if (isJson) signed.searchParams.set('bodySHA256', createHash('sha256').update(body).digest('hex'));
  return createHmac('sha1', token).update(isJson ? signed.toString() : url + paired(params)).digest('base64');
}

/** Starts one; an answer is {status, type, body} of a path, made of the parameters. What was told is kept with whether it was signed. */
export async function startBackend(token, answers = {}) {
  const told = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const isJson = /json/.test(request.headers['content-type'] ?? '');
    const params = isJson ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
    const { pathname: path, search } = new URL(request.url, 'http://here');
    const isSigned = request.headers['x-twilio-signature'] === signatureOf(token, `http://${request.headers.host}${request.url}`, isJson, body, params);
    told.push({ path, search, params, isSigned });
    const { status = 204, type = 'text/xml', body: answer = '' } = (await answers[path]?.(params)) ?? {};
    response.writeHead(status, answer ? { 'content-type': type } : {}).end(answer);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    told,
    at: (path) => told.filter((t) => t.path === path),
    stop: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }),
  };
}
