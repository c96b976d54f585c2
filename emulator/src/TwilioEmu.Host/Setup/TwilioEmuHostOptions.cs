using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TwilioEmu.Composition;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Settings;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu;

/// <summary>What an emulator in this process is asked to be.</summary>
public sealed record TwilioEmuHostOptions
{
    /// <summary>Where it listens on 127.0.0.1: 0 picks a free port, null opens none (handlers and routed apps only).</summary>
    public int? Port { get; init; } = 0;

    /// <summary>Where it listens for TLS; 0 picks a free port, null opens none. Needs a <see cref="Port"/>.</summary>
    public int? HttpsPort { get; init; }

    /// <summary>Accounts, numbers, phones, names; null for one account that owns <c>+14155550100</c>.</summary>
    public EmulatorConfig? Config { get; init; }

    /// <summary>
    /// <c>manual</c> (moves when something is waited for, or when told), <c>auto</c> (jumps to what is due whenever idle), <c>real</c>,
    /// <c>xN</c>.
    /// </summary>
    /// <remarks>
    /// Null: the config's, else <c>manual</c>, as in stories: a caller may think as long as the test likes before a key is
    /// pressed. Where an app waits for something on its own (a status callback), the test advances time or takes <c>auto</c>.
    /// </remarks>
    public string? Clock { get; init; }

    /// <summary>Source of SIDs and chances. Null: the config's, else 1, so that a test sees the same SIDs in every run.</summary>
    public long? Seed { get; init; }

    /// <summary>The first instant. Null: 2026-01-05 09:00 UTC where time is virtual, else now.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>
    /// Operations whose main effect is not emulated: <c>refuse</c> answers 501 and says so, <c>store</c> keeps them. Null:
    /// the config's, else <c>refuse</c>.
    /// </summary>
    public string? Unbuilt { get; init; }

    /// <summary>
    /// Where it logs: what happens in the world under <c>TwilioEmu.Journal</c> (information, warnings, errors, in the console's words),
    /// the emulator's own troubles under its types.
    /// </summary>
    /// <remarks>Null for nowhere. Lent: it must outlive the emulator.</remarks>
    public ILoggerFactory? LoggerFactory { get; init; }

    internal (WorldConfig Config, WorldOptions World) Read()
    {
        CheckPort(Port, nameof(Port));
        CheckPort(HttpsPort, nameof(HttpsPort));
        if (Port is null && HttpsPort is not null)
        {
            throw new ArgumentException("an emulator without a port has no TLS port either", nameof(HttpsPort));
        }
        var config = Config?.Read() ?? new WorldConfig();
        if (Unbuilt is not (null or "refuse" or "store"))
        {
            throw new ArgumentException($"\"{Unbuilt}\" is not refuse or store", nameof(Unbuilt));
        }
        // A test may read what it likes; files stand beside it.
        var asked = config.Options.Or(ServeSettings.Media, Environment.CurrentDirectory);
        if (Unbuilt is not null) asked = asked.With(WorldSettings.StoresUnbuilt, Unbuilt == "store");
        config = config with { Options = asked };
        var clock = asked.Get(ServeSettings.Clock) ?? new ClockMode.Manual();
        if (Clock is not null && !ClockMode.TryParse(Clock, out clock))
        {
            throw new ArgumentException(Words.Clock(Clock), nameof(Clock));
        }
        return (
            WorldSetup.WithDefaults(config, withNumber: Config is null),
            new WorldOptions
            {
                Clock = clock,
                Seed = Seed ?? asked.Get(ServeSettings.Seed) ?? 1,
                Start = Start ?? asked.Get(ServeSettings.Start) ?? (clock.IsVirtual ? WorldOptions.StoryStart : null),
                Patience = Patience.Usual,
                Logs = LoggerFactory ?? NullLoggerFactory.Instance,
            });
    }

    private static void CheckPort(int? port, string name)
    {
        if (port is < 0 or > ushort.MaxValue) throw new ArgumentOutOfRangeException(name, port, "a port is 0 to 65535");
    }
}
