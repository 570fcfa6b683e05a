// What is otherwise at one moment than at another, and by which events?

function differences(then, now) {
  const found = [];
  for (const key of stories.keys()) {
    const before = stateAt(key, then), after = stateAt(key, now);
    if (before !== after) {
      const lines = changed(before, after, dayAt(now));
      if (lines.length) found.push({ key, title: (after || before).title, lines });
    }
  }
  return found;
}

function changed(before, after, on) {
  if (!before) return [`${word('added')}: ${statusWord(after.status)}${after.due ? `, ${word('due')} ${after.due}` : ''}`];
  if (!after) return [word('no longer on record')];
  const lines = [];
  const tell = (name, one, other) => { if ((one || null) !== (other || null)) lines.push(`${name}: ${one || word('(none)')} → ${other || word('(none)')}`); };
  if (before.status !== after.status) lines.push(`${statusWord(before.status)} → ${statusWord(after.status)}: ${say(after.reasons[0] || '', on)}`);
  tell(word('due'), before.due, after.due);
  tell(word('expected'), before.forecast, after.forecast);
  tell(word('reached'), before.reached, after.reached);
  tell(word('met'), before.met, after.met);
  tell(word('title'), before.title, after.title);
  tell(word('programme'), before.programme, after.programme);
  tell(word('promised by'), before.promisors.map(partyName).join(', '), after.promisors.map(partyName).join(', '));
  tell(word('looked after by'), before.owner, after.owner);
  tell(word('start'), before.start, after.start);
  tell(word('flags'), codes(before), codes(after));
  const old = new Map(before.milestones.map((one) => [one[0], one]));
  for (const one of after.milestones) tellMilestone(lines, old.get(one[0]), one);
  for (const [key, , status] of before.milestones) if (!after.milestones.some((one) => one[0] === key)) lines.push(`${key}: ${statusWord(status)} → ${word('no longer on record')}`);
  return lines;
}

const codes = (state) => state.flags.map(([code]) => flagWord(code)).join(', ');

function tellMilestone(lines, old, [key, , status, due, forecast, met]) {
  if (!old) { lines.push(`${key}: ${word('added')}, ${statusWord(status)}${due ? `, ${word('due')} ${due}` : ''}`); return; }
  const words = [['', statusWord(old[2]), statusWord(status)], [`${word('due')} `, old[3], due], [`${word('expected')} `, old[4], forecast], [`${word('met')} `, old[5], met]];
  const told = words.filter(([, one, other]) => one !== other).map(([name, one, other]) => `${name}${one || word('(none)')} → ${other || word('(none)')}`);
  if (told.length) lines.push(`${key}: ${told.join('; ')}`);
}

function showDifferences() {
  $('differences').hidden = !moment.comparing;
  if (!moment.comparing) return;
  const [then, now] = [Math.min(moment.then, moment.now), Math.max(moment.then, moment.now)];
  const found = differences(then, now);
  const events = told.events.filter(([position]) => position > knownAt(then) && position <= knownAt(now));
  const sides = filled(word('From {then} to {now}'), { then: spoken(then), now: spoken(now) });
  const changes = many('{count} commitment changed', '{count} commitments changed', found.length);
  put($('differences-said'), `${sides}: ${changes}, ${many('by {count} event', 'by {count} events', events.length)}${then === now ? '' : ` ${word('and the days between')}`}.`);
  $('differences-list').replaceChildren(...found.map(({ key, title, lines }) => h('details', { open: found.length < 15 },
    h('summary', {}, foreign(short(title)), ' ', h('span', { class: 'key', text: key }), ` (${lines.length})`),
    h('ul', {}, lines.map((line) => foreign(short(line), 'li'))),
    h('ol', { class: 'events' }, events.filter(([, item]) => belongs(item, key)).slice(-12).map(eventRow)))));
}
