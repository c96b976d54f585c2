namespace TwilioEmu.Scenarios.Running;

/// <summary>
/// Why a step could not be done: nobody answered, the phone is in no call, the emulator refused. Ends the story, not the run.
/// </summary>
public sealed class StoryException(string message, Exception? inner = null) : Exception(message, inner);
