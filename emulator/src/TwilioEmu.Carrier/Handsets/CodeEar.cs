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
    private int _number;

    /// <summary>True while a code is being spoken.</summary>
    public bool IsListening => _speaking is not null;

    /// <summary>Words begin to be spoken, at this instant.</summary>
    /// <param name="number">Of the beginning, among all that is heard.</param>
    /// <param name="words">They.</param>
    public void Begin(int number, HandsetSound words)
    {
        if (CodeInText.Find(words.Words) is null) return;
        End();
        (_speaking, _number) = (words, number);
        _spokenUntil = world.Clock.GetUtcNow() + words.Duration;
        _spoken = world.Clock.CreateTimer(_ => Know(), null, words.Duration, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What began under a number is over: others in a conference do not end a code by falling silent.</summary>
    public void End(int number)
    {
        if (number == _number) End();
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
