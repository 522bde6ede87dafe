// The page's language: the first of the browser's languages that texts.js has, or else English.

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

// Returns a text with its {words} filled in; `count` also selects the plural form.
export function say(name, values = {}) {
  const entry = texts[language][name] ?? texts.en[name];
  const text = typeof entry === 'string' ? entry : (entry[plural.select(values.count)] ?? entry.other);
  return text.replace(/\{(\w+)\}/g, (word, key) => values[key] ?? word);
}

// Translates the English texts of the document.
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
