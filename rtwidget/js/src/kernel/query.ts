import type { Query } from "./contract";

/** All rows in the table's own order. */
export const ALL_ROWS: Query = { sort: null, filters: [], search: "" };

/** Does a query leave rows out? */
export const isNarrowed = ({ filters, search }: Query) => filters.length > 0 || search !== "";
