using System.Buffers;

namespace TwilioEmu.Media.Dtmf;

/// <summary>One step of a dial string: a key, or a pause when the key is null.</summary>
public readonly record struct DialStep(char? Key, TimeSpan Duration);

/// <summary>Keys and pauses to be sent one after the other: <c>0-9 A-D # *</c>, <c>w</c> half a second, <c>W</c> one.</summary>
/// <remarks>twilio.com/docs/voice/twiml/play#attributes-digits, call-resource SendDigits.</remarks>
public static class DialString
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("0123456789ABCD#*wW");
    private static readonly SearchValues<char> Keys = SearchValues.Create("0123456789ABCD#*");

    /// <summary>A tone of 100 ms and as much silence (inferred; ITU-T Q.24 asks for 40 ms of each at least).</summary>
    public static readonly TimeSpan KeyDuration = TimeSpan.FromMilliseconds(200);

    /// <summary>True when every character is a key or a pause; the empty string is valid.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Allowed);

    /// <summary>True for a key of a telephone.</summary>
    public static bool IsKey(char c) => Keys.Contains(c);

    /// <summary>How long one character takes; zero for what is neither key nor pause.</summary>
    public static TimeSpan StepOf(char c) => c switch
    {
        'w' => TimeSpan.FromMilliseconds(500),
        'W' => TimeSpan.FromSeconds(1),
        _ => IsKey(c) ? KeyDuration : TimeSpan.Zero,
    };

    /// <summary>The steps of a string; characters that are none are passed over.</summary>
    public static IEnumerable<DialStep> Read(string text)
    {
        foreach (var c in text)
        {
            if (StepOf(c) is var step && step > TimeSpan.Zero) yield return new DialStep(IsKey(c) ? c : null, step);
        }
    }

    /// <summary>How long it takes to send.</summary>
    public static TimeSpan DurationOf(string text) => Read(text).Aggregate(TimeSpan.Zero, (sum, step) => sum + step.Duration);
}
