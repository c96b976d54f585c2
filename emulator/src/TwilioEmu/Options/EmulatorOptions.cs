using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Options;

/// <summary>What the process is asked to be, after command line, environment and config file were weighed.</summary>
internal sealed record EmulatorOptions
{
    /// <summary>HTTP: REST, control API. 0 picks a free port.</summary>
    public int Port { get; init; } = 4010;

    /// <summary>Bind address.</summary>
    public string Host { get; init; } = "127.0.0.1";

    public ClockMode Clock { get; init; } = new ClockMode.Real();

    /// <summary>Null picks one at random, which is printed.</summary>
    public long? Seed { get; init; }

    /// <summary>Options that were given a value but name something that is not built yet; told on stderr.</summary>
    public IReadOnlyList<string> NotBuilt { get; init; } = [];
}
