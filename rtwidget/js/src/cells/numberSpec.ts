const SPEC = /^([+-]?)([^\w,.%\s()<>=^~+-]?)(,?)(?:\.(\d{1,2}))?([fds%]?)$/;

/** The format of numbers that show every digit. */
export const EXACT = "exact";

/** More is refused by older browsers, and read by nobody. */
const MOST_DECIMALS = 20;

/** Shows a number, which travels as text, as somebody asked for. */
export type ShowNumber = (text: string) => string;

/**
 * Read a format in the manner of d3: a plus, a symbol such as $, a comma for separators, `.2` for decimals, and a type.
 *
 * The types: f fixed decimals, d none, % per cent, s with a letter for thousands and millions. Null for what is
 * none of these; the kernel refuses it before.
 */
export function parseNumberSpec(spec: string): ShowNumber | null {
  const [whole, plus, symbol = "", comma, digits, type = ""] = SPEC.exec(spec) ?? [];
  if (whole === undefined) {
    return null;
  }
  const decimals =
    type === "d" ? 0 : digits === undefined ? undefined : Math.min(Number(digits), MOST_DECIMALS);
  // One locale for every reader, because Python writes the same text for search and saved pictures.
  const format = new Intl.NumberFormat("en-US", {
    useGrouping: comma === ",",
    style: type === "%" ? "percent" : "decimal",
    // `||`, because Intl refuses to show no significant digit at all.
    ...(type === "s"
      ? { notation: "compact" as const, maximumSignificantDigits: decimals || 3 }
      : fraction(decimals, type)),
  });
  return (text) => {
    // NaN and Infinity are words already, and `Number` takes blank text for nought.
    if (text.trim() === "" || !Number.isFinite(Number(text))) {
      return text;
    }
    // As text, because a Number would lose digits of a long one.
    const shown = format.format(text as unknown as number);
    const size = shown.replace("-", "");
    // Where a plus is asked for too, the sign tells which side of nought was rounded.
    const isNegative = size !== shown && (plus === "+" || /[1-9]/.test(size));
    return (isNegative ? "-" : plus === "+" ? "+" : "") + symbol + size;
  };
}

function fraction(decimals: number | undefined, type: string): Intl.NumberFormatOptions {
  if (decimals === undefined) {
    return { maximumFractionDigits: type === "" ? 20 : 6, minimumFractionDigits: 0 };
  }
  return { maximumFractionDigits: decimals, minimumFractionDigits: decimals };
}
