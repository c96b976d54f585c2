namespace TwilioEmu.Kernel.Keeping;

/// <summary>What happened cannot be written down: the disk is full, or gone.</summary>
public sealed class KeepingException(string message, Exception? cause = null) : Exception(message, cause);
