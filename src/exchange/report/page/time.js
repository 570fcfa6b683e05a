// Which moment is shown? The slider, the play button, the second handle and the address say so; then all begins.

const moment = { now: 0, then: 0, comparing: false };
let playing = null;

const spoken = (at) => (at > told.known ? filled(word('#{known}, as of {on}'), { known: told.known, on: told.on }) : at ? `#${at}, ${dayAt(at)}` : word('the beginning'));

function show(at) {
  moment.now = Math.max(0, Math.min(last, at));
  const on = dayAt(moment.now);
  showBoard(moment.now, on);
  put($('summary'), summary(boardNow(), on));
  put($('moment'), filled(word('As known at #{known} of {all}, judged as of {on}'), { known: knownAt(moment.now), all: told.known, on }));
  glance(moment.now, on);
  $('now').value = moment.now;
  $('now').setAttribute('aria-valuetext', spoken(moment.now));
  put($('said'), moment.comparing ? `${spoken(moment.then)} → ${spoken(moment.now)}` : spoken(moment.now));
}

// What follows once the hand rests, one thing after the other and with a breath in between.
let turn = 0;
const settle = resting(async () => {
  const mine = ++turn, at = moment.now, on = dayAt(at);
  const steps = [address, sortBoard, refreshAll, () => rows.forEach(fillDetails), () => showNext(on), () => showSlips(at), showScore,
    () => showActivity(at), showDifferences, () => { document.body.dataset.settled = String(at); }, ...drawings(at)];
  for (const step of steps) {
    await new Promise((then) => setTimeout(then));
    if (mine !== turn) return;
    await step();
  }
});

function go(at) {
  delete document.body.dataset.drawn;
  show(at);
  settle();
}

// The moment in the address, so that a link leads to it: #154, or #120..154.
function address() {
  const here = moment.comparing ? `#${moment.then}..${moment.now}` : moment.now === last ? '' : `#${moment.now}`;
  if (location.hash !== here) history.replaceState(null, '', here || location.pathname + location.search);
}

function fromAddress() {
  const found = /^#(?:(\d{1,10})\.\.)?(\d{1,10})$/.exec(location.hash);
  comparing(Boolean(found && found[1] !== undefined), found && found[1] !== undefined ? Number(found[1]) : 0);
  go(found ? Number(found[2]) : last);
}

function comparing(wanted, then) {
  moment.comparing = wanted;
  moment.then = Math.max(0, Math.min(last, then));
  $('then').value = moment.then;
  $('then').setAttribute('aria-valuetext', spoken(moment.then));
  $('then-line').hidden = !wanted;
  $('compare').setAttribute('aria-pressed', String(wanted));
}

function play(wanted) {
  clearInterval(playing);
  playing = null;
  $('play').setAttribute('aria-pressed', String(wanted));
  put($('play'), wanted ? word('❚❚ Pause') : word('▶ Play'));
  if (!wanted) return;
  if (moment.now >= last) go(0);
  const stride = Math.max(1, Math.round(last / 300));
  playing = setInterval(() => { go(moment.now + stride); if (moment.now >= last) play(false); }, 70);
}

function buildTime() {
  for (const id of ['now', 'then']) $(id).max = last;
  $('now').addEventListener('input', () => { play(false); go(Number($('now').value)); });
  $('then').addEventListener('input', () => { comparing(true, Number($('then').value)); go(moment.now); });
  $('play').addEventListener('click', () => play(!playing));
  $('back').addEventListener('click', () => { play(false); go(moment.now - 1); });
  $('on').addEventListener('click', () => { play(false); go(moment.now + 1); });
  $('end').addEventListener('click', () => { play(false); go(last); });
  $('compare').addEventListener('click', () => { comparing(!moment.comparing, Math.max(0, moment.now - Math.max(1, Math.round(last / 10)))); go(moment.now); });
  window.addEventListener('beforeprint', () => refreshAll(true));
  window.addEventListener('hashchange', fromAddress);
  window.addEventListener('resize', settle);
}

async function begin() {
  await unpack();
  buildBoard();
  buildSlips();
  buildTrend();
  buildTime();
  for (const part of document.querySelectorAll('.time, #glance, .part')) part.hidden = false;
  if ($('check-button')) $('check-button').addEventListener('click', check);
  fromAddress();
  document.body.dataset.ready = 'true';
}

begin();
