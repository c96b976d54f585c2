namespace TwilioEmu.Messaging.Receiving;

/// <summary>How fast an app is told of texts to one number or channel sender: 500 a second, whatever comes.</summary>
/// <remarks>
/// help.twilio.com, Understanding Twilio Rate Limits and Message Queues: 500 inbound messages a second for each destination. That what is
/// beyond waits, in order, and stands in the account's list meanwhile, is inferred. Loop-confined; a few words for each destination that
/// was ever texted.
/// </remarks>
internal sealed class InboundPace(TimeProvider clock)
{
    /// <summary>Texts that an app is told of within a second.</summary>
    public const int PerSecond = 500;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, (DateTimeOffset Begins, int Count)> _seconds = new(StringComparer.Ordinal);

    /// <summary>How long the app is not told yet of a text that comes now; zero for at once.</summary>
    public TimeSpan Take(string destination)
    {
        var now = clock.GetUtcNow();
        var (begins, count) = _seconds.GetValueOrDefault(destination);
        if (now >= begins + Second) (begins, count) = (now, 0);
        else if (count >= PerSecond) (begins, count) = (begins + Second, 0);
        _seconds[destination] = (begins, count + 1);
        return begins > now ? begins - now : TimeSpan.Zero;
    }

    /// <summary>A text that waited before a restart waits on, and what comes now waits behind it. In the order they came.</summary>
    public void Restore(string destination, DateTimeOffset at)
    {
        if (at <= clock.GetUtcNow()) return;
        var (begins, count) = _seconds.GetValueOrDefault(destination);
        _seconds[destination] = at == begins ? (begins, count + 1) : (at, 1);
    }
}
