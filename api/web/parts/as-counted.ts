/** Names and addresses in the order of their numbers: 10.0.0.9 before 10.0.0.10. */
export const AS_COUNTED: Intl.Collator = new Intl.Collator('en', { numeric: true });
