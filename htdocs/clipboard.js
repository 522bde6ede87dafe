// Copies a text; returns whether it succeeded. navigator.clipboard exists only over https and on
// localhost, and may be forbidden. `beside`: an element that can hold a text field for a moment.
export async function copy(text, beside) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    beside.append(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    return copied;
  }
}
