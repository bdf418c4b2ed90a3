/** What the child is asked to do; every text in it was made by Vitrine. */
export interface WhisperNodeTask {
  /** Folder of the package whisper-node. */
  readonly package: string;
  /** A WAV file, 16,000 samples a second; whisper.cpp writes `<wav>.json` beside it. */
  readonly wav: string;
  /** A name of whisper-node's list of models. */
  readonly model: string;
}

/** whisper-node as far as it is used. */
interface WhisperNode {
  whisper(
    file: string,
    options: { readonly modelName: string; readonly whisperOptions: { readonly language: string } },
  ): Promise<unknown>;
}

/**
 * The whole of a process that is forked for one voice note. Importing whisper-node changes the working directory, may run
 * `make` and may end the process; what it does with its arguments is to put them into a shell's command line.
 */
process.once('message', (task: WhisperNodeTask) => {
  const { whisper } = require(task.package) as WhisperNode;
  // What it returns has lost the first line and the spaces between words. It passes the language on as it is: so whisper.cpp
  // is asked for its own answer in JSON, with the language and the probability of each token.
  const whisperOptions = { language: 'auto -ojf' };
  void whisper(task.wav, { modelName: task.model, whisperOptions }).then(() => process.send?.({ done: true }));
});

// The server is gone: nobody else would end the shell and what it runs.
process.once('disconnect', () => {
  try {
    process.kill(-process.pid, 'SIGKILL');
  } finally {
    process.exit();
  }
});
