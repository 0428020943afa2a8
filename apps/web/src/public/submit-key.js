// Ctrl+Enter sends the form that the cursor is in, so that a hand need not leave the keyboard.
export function start(form) {
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(
      form.querySelector('[data-main]') ?? form.querySelector('button.govuk-button:not([name="do"])') ?? undefined,
    );
  });
}
