namespace TwilioEmu.Kernel.Looping;

/// <summary>Thrown when code that is not a turn of the loop touches what only turns may touch.</summary>
/// <remarks>The usual culprit is <c>ConfigureAwait(false)</c>, or a library that awaits for you.</remarks>
public sealed class OffLoopException()
    : InvalidOperationException("This state belongs to the world's loop, and the caller is not one of its turns.");
