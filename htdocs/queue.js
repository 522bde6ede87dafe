// Starts the uploads in the order in which they were added, `parallel` of them at a time.

export class Queue extends EventTarget {
  uploads = [];
  #waiting = [];
  #active = 0;

  constructor(parallel) {
    super();
    this.parallel = Math.max(1, parallel || 2);
    window.addEventListener('online', () => this.uploads.forEach((upload) => upload.hurry()));
  }

  // Sends the event 'added', and then 'state' and 'progress' whenever the upload sends these.
  add(upload) {
    this.uploads.push(upload);
    upload.addEventListener('progress', () => this.#tell('progress', upload));
    upload.addEventListener('state', () => {
      if (upload.state === 'waiting') this.#waiting.push(upload);
      this.#tell('state', upload);
      this.#fill();
    });
    this.#tell('added', upload);
    if (upload.state !== 'waiting') return;
    this.#waiting.push(upload);
    this.#fill();
  }

  // Removes the uploads that are over.
  clear() {
    const gone = this.uploads.filter((upload) => upload.over);
    this.uploads = this.uploads.filter((upload) => !upload.over);
    for (const upload of gone) this.#tell('removed', upload);
  }

  #tell(name, upload) {
    this.dispatchEvent(new CustomEvent(name, { detail: upload }));
  }

  #fill() {
    while (this.#active < this.parallel && this.#waiting.length > 0) {
      const upload = this.#waiting.shift();
      if (upload.state === 'waiting') this.#run(upload);
    }
  }

  async #run(upload) {
    ++this.#active;
    await upload.start();
    --this.#active;
    this.#fill();
  }
}
