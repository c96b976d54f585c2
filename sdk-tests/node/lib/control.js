// The control API, /_emu/v1, as a test uses it.

/** Calls for the emulator at a URL. Numbers go into paths as they are, escaped. */
export function controlOf(url) {
  const ask = async (method, path, body) => {
    const response = await fetch(`${url}/_emu/v1${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  const at = encodeURIComponent;
  return {
    ask,
    health: () => ask('GET', '/health'),
    newAccount: (friendlyName) => ask('POST', '/accounts', { friendly_name: friendlyName }),
    advance: (by) => ask('POST', '/clock/advance', { by }),
    setClock: (mode) => ask('PUT', '/clock', { mode }),
    handset: (number) => ask('GET', `/handsets/${at(number)}`),
    behave: (number, behaviour) => ask('PUT', `/handsets/${at(number)}`, behaviour),
    text: (from, to, body) => ask('POST', `/handsets/${at(from)}/messages`, { to, body }),
    dial: (from, to, script) => ask('POST', `/handsets/${at(from)}/calls`, script ? { to, script } : { to }),
    press: (sid, digits) => ask('POST', `/calls/${sid}/digits`, { digits }),
    speak: (sid, text) => ask('POST', `/calls/${sid}/speech`, { text }),
    hangUp: (sid) => ask('POST', `/calls/${sid}/hangup`, {}),
    transcript: (sid) => ask('GET', `/calls/${sid}/transcript`),
    expect: (match, { count = 1, within = '60s' } = {}) => ask('POST', '/expect', { match, count, within }),
    journal: (query) => ask('GET', `/journal?${new URLSearchParams(query)}`),
  };
}
