/** The cells of a row as text, made when they are asked for, so that each grid has its data at hand. */
export const COLUMNS = [
  ["id", "int"],
  ["name", "text"],
  ["category", "text"],
  ["note", "text"],
  ["price", "float"],
  ["qty", "float"],
  ["score", "float"],
  ["active", "bool"],
  ["created_at", "timestamptz"],
  ["updated_at", "timestamptz"],
  ["day", "date"],
  ["meta", "json"],
  ["uid", "uuid"],
];

export const makeRow = (index) => {
  const noise = (index * 2654435761) % 4294967296;
  const month = String(1 + (noise % 12)).padStart(2, "0");
  return [
    String(index),
    `customer ${index % 5000} ${noise % 1000}`,
    `cat-${noise % 40}`,
    `note text for row ${index} rev ${noise % 100000}`,
    String((noise % 100000) / 100),
    String((noise % 1000) / 10),
    String(noise / 2147483648 - 1),
    noise % 2 === 0,
    `2026-${month}-14T16:05:43+00:00`,
    `2026-${month}-15T00:05:37.897+00:00`,
    `2026-${month}-14`,
    `{"src": "api", "v": ${noise % 1000}, "tags": ["a", "b${noise % 7}"]}`,
    `${noise.toString(16).padStart(8, "0")}-0000-4000-8000-${index.toString(16).padStart(12, "0")}`,
  ];
};
