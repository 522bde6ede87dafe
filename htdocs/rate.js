// How fast something goes: the mean of the last seconds, up to now.

const span = 5000;  // milliseconds

export class Rate {
  #samples = [];

  // `loaded`: bytes that have gone so far.
  add(loaded) {
    this.#samples.push({ at: performance.now(), loaded });
    this.#forget();
  }

  // Bytes a second; 0 while it cannot be told, and when nothing goes any more.
  get value() {
    this.#forget();
    const [first, last] = [this.#samples.at(0), this.#samples.at(-1)];
    const time = first ? performance.now() - first.at : 0;
    return time > 0 ? (1000 * (last.loaded - first.loaded)) / time : 0;
  }

  #forget() {
    const oldest = performance.now() - span;
    while (this.#samples.length > 1 && this.#samples[0].at < oldest) this.#samples.shift();
  }
}
