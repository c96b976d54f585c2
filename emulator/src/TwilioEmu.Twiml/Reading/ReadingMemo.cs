namespace TwilioEmu.Twiml.Reading;

/// <summary>
/// What a few texts came to that were read lately: apps answer the same document again and again, and a reading is immutable.
/// </summary>
/// <remarks>One thread's.</remarks>
internal sealed class ReadingMemo
{
    private const int Count = 8;

    /// <summary>Characters; longer documents are rare, and read anew.</summary>
    private const int MaxLength = 8192;

    private readonly (string Text, TwimlReading Reading)[] _lately = new (string, TwimlReading)[Count];
    private int _next;

    /// <summary>What a text comes to, as remembered or as it is read now.</summary>
    public TwimlReading Find(string text, Func<string, TwimlReading> read)
    {
        foreach (var (known, reading) in _lately) if (known == text) return reading;
        var fresh = read(text);
        if (text.Length > MaxLength) return fresh;
        _lately[_next] = (text, fresh);
        _next = (_next + 1) % Count;
        return fresh;
    }
}
