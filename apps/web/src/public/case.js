// Says when somebody else changes the case that is open. Without scripts each form notices by the version it carries.
const EVERY_MS = 15_000;

export function start(element) {
  const { versionPath, version } = element.dataset;
  const live = element.querySelector('[data-live]');
  for (const text of document.querySelectorAll('[data-submit-key]')) {
    import('/static/submit-key.js').then(({ start: listen }) => listen(text.form));
  }
  const ask = async () => {
    // A page in the background asks nobody; it catches up when it is looked at again.
    if (document.hidden) return;
    const answer = await fetch(versionPath, { headers: { accept: 'application/json' } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const now = await answer.json();
    if (String(now.version) === version) return;
    clearInterval(timer);
    const who = now.isOwn ? 'You changed this case elsewhere.' : `${now.by} changed this case a moment ago.`;
    live.textContent = `${who} `;
    const link = document.createElement('a');
    link.className = 'govuk-link';
    link.href = location.pathname;
    link.textContent = 'Load it again';
    live.append(link);
  };
  const timer = setInterval(ask, EVERY_MS);
  document.addEventListener('visibilitychange', ask);
}
