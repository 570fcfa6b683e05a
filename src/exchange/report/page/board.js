// What stands on the board at a moment? A row for each commitment, changed where it is another one.

const rows = new Map();
// The rows in sight, or nearly: these follow the hand, the others as soon as it rests or they come near.
const near = new Set();
const seeing = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) near.add(target.row); else near.delete(target.row);
    if (isIntersecting) refresh(target.row, dayAt(moment.now));
  }
}, { rootMargin: '300px' });
let sorting = { by: 'urgency', down: false };

function buildBoard() {
  const body = $('board').tBodies[0];
  body.replaceChildren();
  for (const key of stories.keys()) {
    const row = boardRow(key);
    rows.set(key, row);
    row.tr.row = row;
    body.append(row.tr);
    seeing.observe(row.tr);
  }
  for (const head of $('board').tHead.rows[0].cells) {
    const by = head.dataset.by;
    head.replaceChildren(h('button', { type: 'button', class: 'sort', text: word(by), on: { click: () => sortBy(by) } }));
  }
  fill('status', Object.keys(statuses), statusWord);
  fill('programme', Object.keys(told.names.programme), programmeName);
  fill('party', Object.keys(told.names.party), partyName);
  $('narrow').addEventListener('submit', (event) => event.preventDefault());
  $('narrow').addEventListener('input', () => { show(moment.now); settle(); });
  $('narrow').hidden = false;
}

function fill(id, keys, name) {
  for (const key of keys) $(id).append(h('option', { value: key, text: name(key) }));
}

function boardRow(key) {
  const row = { key, open: false };
  row.title = foreign('', 'span', { class: 'title' });
  row.button = h('button', { type: 'button', class: 'opener', 'aria-expanded': 'false', on: { click: () => toggle(row) } }, row.title, ' ', h('span', { class: 'key', text: key }));
  row.status = statusMark('on-track');
  row.due = foreign('');
  row.besides = foreign('', 'span', { class: 'besides' });
  row.left = h('td', { class: 'c-left' });
  row.reached = h('td');
  row.why = foreign('', 'span', { lang: 'en' });
  row.flags = h('span', { class: 'flags' });
  row.tr = h('tr', { 'data-key': key },
    h('th', { scope: 'row' }, row.button), h('td', {}, row.status), h('td', {}, row.due, ' ', row.besides), row.left, row.reached,
    h('td', {}, row.why, ' ', row.flags));
  return row;
}

function showBoard(at, on) {
  let shown = 0, all = 0;
  const wanted = narrowing();
  for (const row of rows.values()) {
    const state = stateAt(row.key, at);
    const visible = Boolean(state) && wanted(row.key, state);
    all += Boolean(state);
    shown += visible;
    row.now = state;
    row.visible = visible;
    if (row.tr.hidden === visible) row.tr.hidden = !visible;
    if (row.details && row.details.hidden === visible) row.details.hidden = !visible;
    if (near.has(row)) refresh(row, on);
  }
  put($('counted'), filled(shown === all ? word('all {all} shown') : word('{shown} of {all} shown'), { shown, all }));
}

function refresh(row, on) {
  if (row.visible && (row.state !== row.now || row.on !== on)) showRow(row, row.now, on);
}

// All rows, some at a time, so that the page goes on answering; `at once` where it is to be printed.
function refreshAll(atOnce) {
  const waiting = [...rows.values()];
  const some = () => {
    const from = performance.now(), on = dayAt(moment.now);
    while (waiting.length && (atOnce || performance.now() - from < 8)) refresh(waiting.pop(), on);
    if (waiting.length) setTimeout(some);
  };
  some();
}

function showRow(row, state, on) {
  row.state = state;
  row.on = on;
  put(row.title, state.title);
  markStatus(row.status, state.status);
  putDated(row.due, state.due || '–');
  putDated(row.besides, [state.first && `${word('first')} ${state.first}`, state.forecast && !state.met && `${word('expected')} ${state.forecast}`].filter(Boolean).join('; '));
  put(row.left, left(state.last, on));
  put(row.reached, state.reached || '–');
  row.due.parentNode.classList.toggle('none', !state.due);
  row.left.classList.toggle('none', !state.last);
  row.reached.classList.toggle('none', !state.reached);
  putDated(row.why, state.reasons.length ? say(state.reasons[0], on) : '');
  put(row.flags, state.flags.map(([code]) => code).filter((code) => code !== 'silent').map(flagWord).join(', '));
}

function narrowing() {
  const words = plain($('words').value).split(/\s+/).filter(Boolean);
  const [status, programme, party] = ['status', 'programme', 'party'].map((id) => $(id).value);
  if (!words.length && !status && !programme && !party) return () => true;
  return (key, state) => {
    if ((status && state.status !== status) || (programme && state.programme !== programme)) return false;
    const parties = [...state.promisors, ...state.promisees];
    if (party && !parties.includes(party)) return false;
    const text = plain([key, state.title, state.status, statusWord(state.status), ...parties.map(partyName)].join(' '));
    return words.every((word) => text.includes(word));
  };
}

const ORDERS = {
  urgency: (row) => [statuses[row.now.status].place, row.now.last || '9999', row.key],
  commitment: (row) => [plain(row.now.title), '', row.key],
  status: (row) => [statuses[row.now.status].place, '', row.key],
  due: (row) => [row.now.due ? row.now.last || '9998' : '9999', row.now.due || '', row.key],
  left: (row) => [row.now.last || '9999', '', row.key],
  reached: (row) => [row.now.reached ? -parseFloat(row.now.reached) || 0 : 1, '', row.key],
  why: (row) => [row.now.reasons[0] || '', '', row.key],
};

function sortBy(by) {
  sorting = { by, down: sorting.by === by && !sorting.down };
  for (const head of $('board').tHead.rows[0].cells) {
    if (head.dataset.by === by) head.setAttribute('aria-sort', sorting.down ? 'descending' : 'ascending');
    else head.removeAttribute('aria-sort');
  }
  sortBoard();
}

// Those that are shown, in the order asked for.
function inOrder() {
  const order = ORDERS[sorting.by];
  const found = [...rows.values()].filter((row) => row.visible).map((row) => [order(row), row]);
  found.sort(([one], [other]) => { for (const place of [0, 1, 2]) { if (one[place] < other[place]) return -1; if (one[place] > other[place]) return 1; } return 0; });
  if (sorting.down) found.reverse();
  return found.map(([, row]) => row);
}

function sortBoard() {
  const body = $('board').tBodies[0];
  const wanted = inOrder();
  let next = body.firstElementChild;
  for (const row of wanted) {
    while (next && next.hidden) next = next.nextElementSibling;
    if (next === row.tr) { next = next.nextElementSibling; if (row.details && next === row.details) next = next.nextElementSibling; continue; }
    body.insertBefore(row.tr, next);
    if (row.details) body.insertBefore(row.details, next);
  }
}

function summary(board, on) {
  const count = board.length;
  if (!count) return word('No commitment.');
  const counts = {};
  for (const { state } of board) counts[state.status] = (counts[state.status] || 0) + 1;
  const [first, ...others] = Object.keys(statuses).filter((name) => counts[name]);
  const head = many('{some} of {count} commitment {status}', '{some} of {count} commitments {status}', count, { some: counts[first], status: statusWord(first) });
  const words = [head, ...others.map((name) => `${counts[name]} ${statusWord(name)}`)].join(', ');
  const ahead = board.flatMap(({ state }) => state.next.filter(([what, , , last]) => what !== 'period' && last >= on).map(([, item, , last]) => [last, item]));
  if (!ahead.length) return `${words}.`;
  const [day, key] = ahead.reduce((least, one) => (one[0] < least[0] || (one[0] === least[0] && one[1] < least[1]) ? one : least));
  const wait = number(day) - number(on);
  const next = wait ? many('next due in {count} day ({key})', 'next due in {count} days ({key})', wait, { key }) : filled(word('next due today ({key})'), { key });
  return `${words}; ${next}.`;
}

// The commitments that stand, narrowed down or not.
const boardNow = (all = true) => [...rows.values()].filter((row) => (all ? row.now : row.visible)).map((row) => ({ key: row.key, state: row.now }));
