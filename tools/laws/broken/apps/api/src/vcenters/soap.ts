export const soap = 1;
