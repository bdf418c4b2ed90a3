module.exports = async () => globalThis.removeTestDemo?.();
