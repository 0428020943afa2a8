// Keeps what is being typed for its author, so that a closed window loses nothing. The draft itself is saved by hand.
const AFTER_MS = 3_000;

export function start(form) {
  const kept = form.querySelector('[data-kept]');
  let timer = null;
  let typed = false;
  const keep = async () => {
    timer = null;
    const body = new URLSearchParams(new FormData(form));
    const headers = { 'x-csrf-token': form.elements._csrf.value };
    const answer = await fetch(form.dataset.keepPath, { method: 'POST', headers, body }).catch(() => null);
    typed = typed && !answer?.ok;
    kept.textContent = answer?.ok ? 'What you typed is kept.' : 'What you typed could not be kept. Save the draft.';
  };
  form.addEventListener('input', () => {
    typed = true;
    if (kept.textContent !== '') kept.textContent = '';
    if (timer === null) timer = setTimeout(keep, AFTER_MS);
  });
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    typed = false;
  });
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector('[data-main]'));
  });
  addEventListener('beforeunload', (event) => {
    if (typed) event.preventDefault();
  });
}
