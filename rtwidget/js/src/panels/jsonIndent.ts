const INDENT = "  ";
// Strings first, because brackets and commas in them separate nothing.
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/** JSON with a line for each value; its numbers keep every digit, which parsing would lose. */
export function indentJson(text: string): string {
  const tokens = text.match(TOKENS) ?? [];
  let depth = 0;
  const line = () => `\n${INDENT.repeat(depth)}`;
  return tokens
    .map((token, index) => {
      if (token === "{" || token === "[") {
        depth += 1;
        return isClosing(tokens[index + 1]) ? token : token + line();
      }
      if (isClosing(token)) {
        depth -= 1;
        const before = tokens[index - 1];
        return before === "{" || before === "[" ? token : line() + token;
      }
      return token === "," ? token + line() : token === ":" ? ": " : token;
    })
    .join("");
}

const isClosing = (token: string | undefined) => token === "}" || token === "]";
