using TwilioEmu.Carrier.Codes;
using TwilioEmu.Kernel;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>Listens for one-time codes in what is spoken to a phone.</summary>
/// <remarks>
/// Loop-confined. A code is known when it was spoken to its end; words cut short are none. Only speech that has one winds a clock.
/// </remarks>
/// <param name="world">Whose clock.</param>
/// <param name="known">Told of speech that had a code and was heard to its end.</param>
internal sealed class CodeEar(World world, Action<HandsetSound> known)
{
    private ITimer? _spoken;
    private DateTimeOffset _spokenUntil;
    private HandsetSound? _speaking;

    /// <summary>Words begin to be spoken.</summary>
    public void Begin(HandsetSound words)
    {
        if (CodeInText.Find(words.Words) is null) return;
        End();
        _speaking = words;
        _spokenUntil = world.Clock.GetUtcNow() + words.Duration;
        _spoken = world.Clock.CreateTimer(_ => Know(), null, words.Duration, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Words that were being spoken are over: known when this is their end, in whatever order the instant's turns come, and else cut short.
    /// </summary>
    public void End()
    {
        _spoken?.Dispose();
        if (world.Clock.GetUtcNow() >= _spokenUntil) Know();
        (_spoken, _speaking) = (null, null);
    }

    private void Know()
    {
        if (_speaking is not { } words) return;
        (_spoken, _speaking) = (null, null);
        known(words);
    }
}
