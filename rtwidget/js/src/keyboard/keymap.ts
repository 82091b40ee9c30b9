/** What the rule reads of a pressed key. */
export type Pressed = Pick<
  KeyboardEvent,
  "key" | "code" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey" | "isComposing"
> & { getModifierState(name: string): boolean };

/** What a key does to a text, other than typing and moving. */
export type Edit = "all" | "copy" | "cut" | "paste" | "undo" | "redo";

/** They make no text, and each application has its own use for them. */
const APPLICATIONS = /^(Tab|Escape|F\d+)$/;
/** Shift is none of them, because it types. */
const MODIFIERS: ReadonlySet<string> = new Set(["Control", "Alt", "Meta"]);
const EDITS: Readonly<Record<string, Edit>> = {
  a: "all",
  c: "copy",
  x: "cut",
  v: "paste",
  z: "undo",
};

/** What keys mean, wherever they are pressed: a Mac types with Option, moves with Ctrl and commands with Cmd. */
export class Keymap {
  readonly #isMac: boolean;

  constructor(isMac: boolean) {
    this.#isMac = isMac;
  }

  /**
   * Is a key its view's own: does it type, edit or move in a text or a table, or press a button?
   *
   * What is left, such as Ctrl+S, F11 and Tab, is for the application around.
   */
  isOwn(pressed: Pressed, isTyping: boolean): boolean {
    const { key, altKey, ctrlKey, metaKey } = pressed;
    // While a character is composed, even Escape and the arrows choose or end it.
    if (pressed.isComposing) {
      return true;
    }
    if (APPLICATIONS.test(key) || isModifier(pressed)) {
      return false;
    }
    // AltGr is told as Ctrl and Alt together on Windows, and types characters such as @.
    const types = this.#isMac ? isTyping && !metaKey : pressed.getModifierState("AltGraph");
    const isPlain = !(altKey || ctrlKey || metaKey);
    // Keys with names of several letters, such as Enter and arrows, move or press.
    return types || isPlain || key.length > 1 || this.edit(pressed) !== null;
  }

  /** What a key does to a text. */
  edit(pressed: Pressed): Edit | null {
    const command = this.command(pressed);
    // Cmd+Y is not redo on a Mac: browsers open their history there.
    if (command === "shift+z" || (command === "y" && !this.#isMac)) {
      return "redo";
    }
    return command === "shift+v" ? "paste" : (EDITS[command] ?? null);
  }

  /** The letter of a command by Ctrl or Cmd, with Shift or without; empty for everything else. */
  command(pressed: Pressed): string {
    const { altKey, ctrlKey, metaKey, shiftKey } = pressed;
    const isCommand = this.#isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey;
    return isCommand && !altKey ? `${shiftKey ? "shift+" : ""}${letterOf(pressed)}` : "";
  }
}

/** Is it a modifier alone, and no shortcut yet? */
export const isModifier = ({ key }: Pressed) => MODIFIERS.has(key);

/** Where a keyboard types no Latin letters, shortcuts go by those that a Latin one has at the same place. */
const letterOf = ({ key, code }: Pressed) =>
  (/^[ -~]$/.test(key) ? key : code.replace(/^Key/, "")).toLowerCase();
