// The page's language: the first that the browser asks for and texts.js has, else English.

import { texts } from './texts.js';

function choose(languages) {
  for (const tag of languages) {
    const language = tag.toLowerCase();
    const found = [language, language.split('-')[0]].find((name) => Object.hasOwn(texts, name));
    if (found) return found;
  }
  return 'en';
}

export const language = choose(navigator.languages);

const plural = new Intl.PluralRules(language);

// A text with its {words} filled in; `count` also chooses the form.
export function say(name, values = {}) {
  const entry = texts[language][name] ?? texts.en[name];
  const text = typeof entry === 'string' ? entry : (entry[plural.select(values.count)] ?? entry.other);
  return text.replace(/\{(\w+)\}/g, (word, key) => values[key] ?? word);
}

// What stands in the document in English.
export function translate(document) {
  document.documentElement.lang = language;
  document.documentElement.dir = texts[language].direction;
  document.title = say('title');
  for (const element of document.querySelectorAll('[data-text]')) {
    element.textContent = say(element.dataset.text);
  }
  for (const element of document.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', say(element.dataset.label));
  }
}
