// The script of index.html: the whole engine runs in the browser, nothing is sent anywhere.
import { InvalidRequest, lawDue, listLaws } from '@dossier/law';

const form = document.querySelector('form');
const status = document.querySelector('[role=status]');
const list = document.querySelector('ol');
for (const { id, title } of listLaws()) {
  form.law.add(new Option(title, id, id === 'gdpr', id === 'gdpr'));
}

function show() {
  const { law, country, receivedAt } = Object.fromEntries(new FormData(form));
  list.replaceChildren();
  try {
    const { dueOn, plannedOn, steps } = lawDue({
      id: 'page',
      law,
      country: country.toUpperCase(),
      receivedAt,
    });
    status.textContent = `Answer by ${dueOn}; plan for ${plannedOn}.`;
    for (const { rule, cite } of steps) {
      const item = document.createElement('li');
      item.textContent = `${rule} [${cite}]`;
      list.append(item);
    }
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    status.textContent = error.message;
  }
}
form.addEventListener('input', show);
form.addEventListener('submit', (event) => event.preventDefault());
show();
