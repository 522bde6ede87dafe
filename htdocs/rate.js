// Measures a transfer rate: the mean of the last seconds.

const span = 5000;  // milliseconds

export class Rate {
  #samples = [];

  // `loaded`: bytes sent so far.
  add(loaded) {
    this.#samples.push({ at: performance.now(), loaded });
    this.#forget();
  }

  // Bytes per second; 0 if it is not known yet, and if nothing is being sent any more.
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
