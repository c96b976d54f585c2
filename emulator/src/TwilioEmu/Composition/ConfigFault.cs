namespace TwilioEmu.Composition;

/// <summary>A config that reads well but cannot be: a number twice, an owner nobody knows.</summary>
internal sealed class ConfigFault(string message) : Exception(message);
