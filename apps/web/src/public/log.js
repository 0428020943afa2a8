// Finds known callers while somebody types, and saves with Ctrl+Enter. Without scripts the Find button does the first.
const AFTER_MS = 250;
const FILLED = ['name', 'phone', 'email', 'postcode', 'organisation'];

export function start(form) {
  const found = form.querySelector('[data-found]');
  const find = form.elements.find;
  let timer = null;
  let asked = 0;
  const look = async () => {
    const mine = ++asked;
    const body = new URLSearchParams({ find: find.value, office: form.elements.office.value });
    const headers = { 'x-csrf-token': form.elements._csrf.value };
    const answer = await fetch(form.dataset.callersPath, { method: 'POST', headers, body }).catch(() => null);
    // A slower answer to an earlier question must not replace a later one.
    if (!answer?.ok || answer.redirected || mine !== asked) return;
    found.innerHTML = await answer.text();
  };
  find.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(look, AFTER_MS);
  });
  // During a call Enter in this field looks, and does not save a half-written note.
  find.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    look();
  });
  found.addEventListener('click', (event) => {
    const chosen = event.target.closest('[data-caller]');
    if (!chosen) return;
    event.preventDefault();
    for (const field of FILLED) form.elements[field].value = chosen.dataset[field] ?? '';
    form.elements.subject.focus();
  });
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector('[data-main]'));
  });
  // The number or name that was looked for and not found is that of a new caller.
  form.elements.name.addEventListener('focus', () => {
    const text = find.value.trim();
    if (text === '' || form.elements.name.value !== '' || form.elements.phone.value !== '') return;
    form.elements[/^[\d\s()+.-]{5,}$/.test(text) ? 'phone' : 'name'].value = text;
  });
}
