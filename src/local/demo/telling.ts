/** Prints the story, numbered, so that a reader can follow it and a script can search it. */
export class Telling {
  private number = 0;

  title(text: string): void {
    this.write(`\n== ${text}\n`);
  }

  step(text: string): void {
    this.number += 1;
    this.write(`\n${String(this.number).padStart(2)}. ${text}\n`);
  }

  fact(name: string, value: string | number | bigint): void {
    this.write(`      ${name.padEnd(22)} ${value}\n`);
  }

  private write(text: string): void {
    process.stdout.write(text);
  }
}
