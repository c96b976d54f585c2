using System.Diagnostics.CodeAnalysis;

namespace TwilioEmu.Durable.Files;

/// <summary>The folder cannot be used; the message says why and what to do, and nothing in it was changed.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "A fault of the user's, as the house calls them.")]
public sealed class DataFault(string message, Exception? cause = null) : Exception(message, cause);
