using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Sees who asks for the same again and again while time stands (polling): it would go on for ever without a word.</summary>
/// <remarks>Loop-confined. Counted, not timed: the same acts tell the same in every run.</remarks>
internal sealed class Polling(WorldClock clock)
{
    /// <summary>Looks at one thing after which somebody waits for it to change. Tests look thrice at what they have made.</summary>
    internal const int ManyLooks = 10;

    private string _path = "";
    private DateTimeOffset _at;
    private int _count;

    /// <summary>What to tell about a request; null for most.</summary>
    public string? Tell(string method, string path)
    {
        if (clock.Mode is not ClockMode.Manual || method is not "GET")
        {
            _count = 0;
            return null;
        }
        var now = clock.GetUtcNow();
        _count = path == _path && now == _at ? _count + 1 : 1;
        (_path, _at) = (path, now);
        if (_count != ManyLooks || clock.NextDue is not { } due) return null;
        var what = due.What.Length > 0 ? $" ({due.What})" : "";
        return $"asked for {ManyLooks} times while time stands: under --clock manual it moves only when told. Something is due at "
            + $"{due.At:yyyy-MM-ddTHH:mm:ss.FFF}Z{what}: POST /_emu/v1/clock/advance, or an expect, goes there, and --clock auto by itself";
    }
}
