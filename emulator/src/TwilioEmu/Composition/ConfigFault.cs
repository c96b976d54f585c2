namespace TwilioEmu.Composition;

/// <summary>A config that reads well but cannot be: a number twice, an owner nobody knows.</summary>
/// <param name="path">The field it is about, such as <c>accounts[0]</c>.</param>
/// <param name="message">What cannot be.</param>
internal sealed class ConfigFault(string path, string message) : Exception(message)
{
    /// <summary>The field it is about.</summary>
    public string Path { get; } = path;
}
