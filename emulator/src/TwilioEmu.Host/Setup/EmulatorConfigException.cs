namespace TwilioEmu;

/// <summary>A config that is wrong.</summary>
public sealed class EmulatorConfigException : Exception
{
    internal EmulatorConfigException(IReadOnlyList<string> faults, Exception? cause = null)
        : base(string.Join(Environment.NewLine, faults), cause) => Faults = faults;

    /// <summary>All that is wrong, each with its place where it has one: <c>shop.yaml:3:5: ...</c>.</summary>
    public IReadOnlyList<string> Faults { get; }
}
