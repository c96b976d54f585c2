namespace TwilioEmu.Durable.Files;

/// <summary>When the thread that writes may see to what nobody waits for: documents for tools, and what is no longer needed.</summary>
/// <remarks>Of the keeping thread. While there are batches a part of the time, since it is the loop's processor that it takes; all of it
/// once there were none for a while.</remarks>
internal sealed class ToolsShare(TimeProvider wall)
{
    // One part of so many of the time that passes while there are batches.
    private const int Parts = 10;

    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(50);

    // What was not used is not saved up: batches would wait for all of it at once.
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(5);

    private long _at = wall.GetTimestamp();
    private long? _newsAt;
    private TimeSpan _credit;

    /// <summary>How long to wait for news before the next step; none where it may be taken now.</summary>
    public TimeSpan Left()
    {
        var now = wall.GetTimestamp();
        _credit += wall.GetElapsedTime(_at, now) / Parts;
        if (_credit > Most) _credit = Most;
        _at = now;
        if (_credit >= TimeSpan.Zero || _newsAt is not { } news) return TimeSpan.Zero;
        var untilCalm = Calm - wall.GetElapsedTime(news, now);
        var untilCredit = -_credit * Parts;
        return untilCalm <= TimeSpan.Zero ? TimeSpan.Zero : untilCalm < untilCredit ? untilCalm : untilCredit;
    }

    /// <summary>There was a batch.</summary>
    public void News() => _newsAt = wall.GetTimestamp();

    /// <summary>A step was taken.</summary>
    public void Spend(TimeSpan took) => _credit -= took;
}
