// What became of one class of the SDK.

/** One class: what was done with it, and what went wrong. */
export class Life {
  constructor(path, seen) {
    this.path = path;
    this.seen = seen;
    this.done = new Set();
    this.faults = [];
    this.shown = 0;
    this.hasNobody = false;
  }

  /** Does one thing; an error becomes a fault with the request that led to it. */
  async try(verb, act) {
    try {
      const answer = await act();
      this.done.add(verb);
      return answer;
    } catch (error) {
      this.fault(verb, error);
      return undefined;
    }
  }

  fault(verb, error) {
    const says = error.status ? `${error.status}/${error.code} ${error.message}` : error.message;
    this.faults.push({ verb, says, request: this.seen() });
  }
}
