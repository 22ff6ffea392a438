/** node_modules are not electron-builder's: dist holds everything but the database driver, which electron-builder.yml names file by file. */
export const beforeBuild = () => Promise.resolve(false);
