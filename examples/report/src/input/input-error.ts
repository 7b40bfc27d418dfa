/** The name by which a mistake in the command or the file is told from a mistake in the program. */
const INPUT_ERROR = "InputError";

/** A mistake that the user can put right: its message is shown as it is, without a stack. */
export function inputError(message: string): Error {
  const error = new Error(message);
  error.name = INPUT_ERROR;
  return error;
}

/** Whether to show the message alone. */
export function isInputError(error: unknown): error is Error {
  return error instanceof Error && error.name === INPUT_ERROR;
}
