// What is late, what is next, what moved, how is it counted, and what was recorded?

function glance(at, on) {
  const board = boardNow();
  const pressing = board.filter(({ state }) => statuses[state.status].tone === 'bad')
    .sort((one, other) => statuses[one.state.status].place - statuses[other.state.status].place || ((one.state.last || '9999') < (other.state.last || '9999') ? -1 : 1));
  const steps = board.flatMap(({ state }) => state.milestones.filter(([, , status]) => status === 'late' && AT_WORK.has(state.status))
    .map(([key, title, , due]) => ['late', key, title, `${word('milestone')}, ${word('due')} ${due}`]));
  list('glance-late', [...pressing.map(({ key, state }) => [state.status, key, state.title, say(state.reasons[0] || '', on)]), ...steps].map(([status, ...rest]) => [statusWord(status), ...rest]));
  const coming = nextOf(board, on).filter(([day]) => day >= on);
  list('glance-next', coming.map(([day, what, key, due, status, title]) => [filled(word('in {wait}'), { wait: left(day, on) }), key, title, `${what === 'period' ? word('period') : word('due')} ${due}`]));
  const moved = told.moves.filter(([position, , , from]) => from && stands(position, knownAt(at))).reverse();
  list('glance-moved', moved.map(([, item, day, from, to, days, , , actor, , reason]) => [signed(days), item, '', `${day}, ${actor}: ${from} → ${to}: ${reason}`]));
}

const signed = (days) => (days === null ? word('moved') : filled(word('{days} d'), { days: `${days > 0 ? '+' : ''}${days}` }));
const MOST = 4;
// Of these a late milestone matters; the others are at rest.
const AT_WORK = new Set(['late', 'short', 'at-risk', 'unreported', 'undated', 'planned', 'on-track']);

function list(id, found) {
  const told = found.slice(0, MOST).map((row) => row.join('\n')).join('\n\n') + found.length;
  if ($(id).put === told) return;
  $(id).put = told;
  $(id).replaceChildren(...found.slice(0, MOST).map(([head, key, title, text]) => h('li', {},
    h('b', { text: `${head} ` }), h('span', { class: 'key', text: `${key} ` }), title && foreign(`${short(title)}. `), foreign(short(text)))));
  if (found.length > MOST) $(id).append(h('li', { class: 'more', text: filled(word('and {count} more'), { count: found.length - MOST }) }));
  if (!found.length) $(id).append(h('li', { class: 'more', text: word('nothing') }));
}

const short = (text) => (text.length > 160 ? `${text.slice(0, 159)}…` : text);

// What falls due of these commitments, soonest first.
function nextOf(board) {
  const found = board.flatMap(({ key, state }) => state.next.map(([what, item, due, day, status]) => [day, what, item, due, status, titleOf(state, item)]));
  return found.sort((one, other) => (one[0] < other[0] ? -1 : one[0] > other[0] ? 1 : one[2] < other[2] ? -1 : 1));
}

function titleOf(state, item) {
  const milestone = state.milestones.find(([key]) => key === item);
  return milestone ? milestone[1] : state.title;
}

const NEXT = 60;

function showNext(on) {
  const found = nextOf(boardNow(false));
  const groups = Map.groupBy(found.slice(0, NEXT), ([day]) => (day < on ? word('Overdue') : day.slice(0, 7)));
  $('next-list').replaceChildren(...[...groups].map(([month, its]) => h('div', { class: 'month' }, h('h3', { text: month }),
    h('ul', {}, its.map(([day, what, item, due, status, title]) => h('li', {}, h('span', { class: 'when', text: `${day} ` }),
      h('b', { text: `${what === 'period' && day < on ? filled(word('ended {days} d ago'), { days: number(on) - number(day) }) : left(day, on)} ` }), foreign(short(title)), ' ', h('span', { class: 'key', text: item }), ` (${word(what)}${what === 'period' ? ` ${due}` : ''}, ${statusWord(status)})`))))));
  if (!found.length) $('next-list').append(h('p', { class: 'plain', text: word('Nothing falls due.') }));
  if (found.length > NEXT) $('next-list').append(h('p', { class: 'plain', text: filled(word('and {count} later'), { count: found.length - NEXT }) }));
}

function buildSlips() {
  $('slips-table').tBodies[0].append(...told.moves.toReversed().map(([position, item, on, from, to, days, ahead, close, actor, approver, reason]) => h('tr', { 'data-at': position },
    h('td', { class: 'nb', text: `#${position}` }), h('td', { class: 'item', text: item }), h('td', { class: 'nb', text: on }), foreign(from || word('(none)'), 'td'), foreign(to, 'td'), h('td', { class: 'nb', text: from ? signed(days) : word('first dated') }),
    h('td', { text: ahead === null ? '–' : filled(ahead >= 0 ? word('{days} d') : word('{days} d over'), { days: Math.abs(ahead) }) + (close ? `, ${flagWord('moved-close')}` : '') }), foreign(`${actor}, ${word('approved by')} ${approver}: ${reason}`, 'td'))));
}

function showSlips(at) {
  const seen = new Set(boardNow(false).map(({ key }) => key));
  let shown = 0;
  for (const row of $('slips-table').tBodies[0].rows) {
    const visible = stands(Number(row.dataset.at), knownAt(at)) && seen.has(row.cells[1].textContent.split('/')[0]);
    row.hidden = !visible;
    shown += visible;
  }
  $('slips').hidden = !shown;
}

function showScore() {
  const names = told.charts.score.encoding.color.scale.domain;
  const counts = new Map();
  for (const { state } of boardNow(false)) {
    for (const [party, by, standing] of state.score) {
      const row = counts.get(party) || counts.set(party, { 'due in force': {}, 'first due': {} }).get(party);
      row[by][standing] = (row[by][standing] || 0) + 1;
    }
  }
  $('score-table').tHead.replaceChildren(h('tr', {}, [word('promised by'), word('judged by'), ...names.map((name) => word(name.replaceAll('-', ' ')))].map((name) => h('th', { scope: 'col', text: name }))));
  $('score-table').tBodies[0].replaceChildren(...[...counts].sort().flatMap(([party, row]) => Object.entries(row).map(([by, its], place) => h('tr', {},
    place ? h('td') : foreign(partyName(party), 'th', { scope: 'row' }), h('td', { text: word(by) }), names.map((name) => h('td', { class: 'count', text: its[name] || '·' }))))));
  $('score').hidden = !counts.size;
}

const SHOWN = 15;

function showActivity(at) {
  const known = knownAt(at);
  const found = told.events.slice(0, lastUpTo(told.events, known, ([position]) => position) + 1);
  const newest = found.slice(-SHOWN).reverse().map(eventRow);
  if (found.length > SHOWN) newest.push(h('li', { class: 'more', text: filled(word('and {count} more'), { count: found.length - SHOWN }) }));
  $('activity-list').replaceChildren(...newest);
  $('activity').hidden = !found.length;
}
