// What is there to know of one commitment? Opened beneath its row.

function toggle(row) {
  row.open = !row.open;
  row.button.setAttribute('aria-expanded', String(row.open));
  if (row.details) row.details.remove();
  row.details = null;
  if (row.open) {
    row.details = h('tr', { class: 'details' }, h('td', { colspan: 6 }));
    row.tr.after(row.details);
    fillDetails(row);
  }
}

function fillDetails(row) {
  if (!row.details || !row.now) return;
  const { now: state, key } = row, on = dayAt(moment.now);
  row.details.cells[0].replaceChildren(h('div', { class: 'opened' },
    h('dl', {}, describe(state).filter(([, value]) => value).map(([name, value]) => [h('dt', { text: name }), foreign(value, 'dd')])),
    part(word('Why'), state.reasons.length && h('ul', {}, state.reasons.map((text) => foreign(say(text, on), 'li', { lang: 'en' })))),
    part(word('Also to be seen'), state.flags.length && h('ul', {}, state.flags.map(([code, text]) => h('li', {}, `${flagWord(code)}: `, foreign(say(text, on), 'span', { lang: 'en' }))))),
    part(word('Milestones'), state.milestones.length && milestones(key, state)),
    part(word('Evidence'), evidence(key)),
    part(word('History'), h('ol', { class: 'events' }, eventsOf(key).map(eventRow)))));
}

const part = (name, content) => content && [h('h3', { text: name }), content];

function describe(state) {
  const [title, publisher, published, url, file, sha] = told.names.source[state.source] || [];
  const source = title && [title, publisher, published, state.locator && `“${state.locator}”`, url, file && `${file} (SHA-256 ${sha})`];
  return [
    [word('stated'), state.statement],
    [word('promised by'), state.promisors.map(partyName).join(', ')],
    [word('promised to'), state.promisees.map(partyName).join(', ')],
    [word('kind'), state.kind],
    [word('programme'), state.programme && programmeName(state.programme)],
    [word('looked after by'), state.owner],
    [word('tags'), state.tags && state.tags.join(', ')],
    [word('source'), source && source.filter(Boolean).join(', ')],
    [word('start'), state.start],
    [word('due'), state.due],
    [word('first due'), state.first],
    [word('expected'), state.forecast],
    [word('met'), state.met],
    [word('reached'), state.reached],
  ];
}

const milestones = (key, state) => h('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': `${word('Milestones')}: ${key}` }, table([word('milestone'), word('status'), word('due'), word('expected'), word('met')], state.milestones.map(
  ([key, title, status, due, forecast, met]) => [h('span', {}, foreign(title), ' ', h('span', { class: 'key', text: key })), statusMark(status), due, forecast, met])));

function evidence(key) {
  const files = told.files.filter(([position, item]) => belongs(item, key) && stands(position, knownAt(moment.now)));
  return files.length && h('ul', { class: 'files' }, files.map(([position, item, name, size, media, sha, url]) => h('li', {},
    foreign(name || url), name ? `, ${many('{count} byte', '{count} bytes', size, { count: size.toLocaleString(speech.lang) })}, ${media}` : ` (${word('a link: it proves nothing by itself')})`,
    item === key ? '' : `, ${item}`, ` (#${position})`, sha && h('code', { class: 'hash', text: ` SHA-256 ${sha}` }), name && url && foreign(` ${url}`))));
}

const belongs = (item, key) => item === key || item.startsWith(`${key}/`);

function eventsOf(key) {
  const known = knownAt(moment.now);
  return told.events.filter(([position, item]) => position <= known && belongs(item, key));
}

function eventRow([position, item, actor, trueOn, text]) {
  const gone = takenBack(position, knownAt(moment.now));
  const late = trueOn ? `, ${word('true on')} ${trueOn}` : '';
  return h('li', { class: gone ? 'gone' : '' }, h('span', { class: 'when', text: `#${position} ${dayAt(position)}${late} ` }),
    foreign(`${actor}: `), h('b', { text: `${item} ` }), foreign(text), gone ? ` (${word('taken back by')} #${gone})` : '');
}
