/** Cost Explorer asks one cent for each request, that is for each page of an answer. */
const centsPerRequest = 1;

/** What requests to Cost Explorer cost, such as `0.94 USD`. */
export const priceOfRequests = (requests: number): string =>
  `${((requests * centsPerRequest) / 100).toFixed(2)} USD`;
