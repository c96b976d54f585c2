namespace TwilioEmu.Durable.Files;

/// <summary>The folder cannot be used; the message says why and what to do, and nothing in it was changed.</summary>
public sealed class DataFault(string message, Exception? cause = null) : Exception(message, cause);
