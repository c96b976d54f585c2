using System.Globalization;

namespace TwilioEmu.Console.Terminal;

/// <summary>Events that come faster than anybody reads: so many a second are told one by one, the rest by their number.</summary>
/// <param name="wall">Real time.</param>
/// <param name="mostASecond">How many.</param>
internal sealed class Flood(TimeProvider wall, int mostASecond)
{
    /// <summary>Events of a second that are told one by one.</summary>
    public const int MostASecond = 500;

    /// <summary>Warnings of a second: each is a sentence with its cure, and so many are one slip, made by a loop.</summary>
    public const int MostWarnings = 200;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly SortedDictionary<string, int> _counted = new(StringComparer.Ordinal);
    private long _since = wall.GetTimestamp();
    private int _taken;

    /// <summary>Whether one more event of a kind is told by itself; if not, it is counted.</summary>
    public bool Takes(string kind)
    {
        if (_counted.Count == 0 && wall.GetElapsedTime(_since) >= Second) Begin();
        if (_taken < mostASecond)
        {
            _taken++;
            return true;
        }
        _counted[kind] = _counted.GetValueOrDefault(kind) + 1;
        return false;
    }

    /// <summary>What was counted, when its second is over, or at the end; null when nothing was, or it is not over yet.</summary>
    public string? Due(bool isEnd)
    {
        if (_counted.Count == 0 || (!isEnd && wall.GetElapsedTime(_since) < Second)) return null;
        var kinds = string.Join(
            ", ", _counted.OrderByDescending(c => c.Value).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key} {c.Value}")));
        var words = string.Create(
            CultureInfo.InvariantCulture,
            $"… {_counted.Values.Sum()} more events, faster than can be read (--log all tells each): {kinds}");
        Begin();
        return words;
    }

    private void Begin()
    {
        (_since, _taken) = (wall.GetTimestamp(), 0);
        _counted.Clear();
    }
}
