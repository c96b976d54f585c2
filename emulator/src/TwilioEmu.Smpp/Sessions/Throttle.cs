namespace TwilioEmu.Smpp.Sessions;

/// <summary>How many texts a second are taken: as many as a second holds may come at once, then at the rate (token bucket).</summary>
/// <remarks>Sessions that share a rate share one of these. Confined to the loop of its sessions.</remarks>
public sealed class Throttle(double perSecond)
{
    private readonly double _most = Math.Max(1, perSecond);
    private double _left = Math.Max(1, perSecond);
    private DateTimeOffset _at = DateTimeOffset.MinValue;

    /// <summary>True when one more is taken.</summary>
    public bool TryTake(DateTimeOffset now)
    {
        if (now > _at)
        {
            _left = Math.Min(_most, _left + ((now - _at).TotalSeconds * perSecond));
            _at = now;
        }
        // A hair for sums of fractions.
        if (_left < 1 - 1e-9) return false;
        _left--;
        return true;
    }
}
