/** Stands for parts of packages that this page never reaches. */
export default undefined;
